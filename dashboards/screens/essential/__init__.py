"""The pages of the essential services (53 dịch vụ công thiết yếu)."""
