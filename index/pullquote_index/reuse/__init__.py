"""What a build reuses from earlier builds."""
