"""What a screen says, as pure functions of what was read: the headline sentence, the charts, what pulls a rate down."""
