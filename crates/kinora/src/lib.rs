//! Requests, rules, wire format and the job machine for RunComfy image-to-video models.
