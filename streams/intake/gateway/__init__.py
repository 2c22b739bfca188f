"""The HTTP gateway: events of any source system, by CloudEvents over HTTP, into Kafka. Its own process."""
