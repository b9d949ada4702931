"""What happens, and when: polling, planning, sending, told over Protocols."""
