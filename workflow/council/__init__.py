"""The council with its sessions."""
