"""What a build takes over from earlier ones instead of computing it again."""
