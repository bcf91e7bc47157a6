//! The RunComfy Model API, pretended: one pure model of the service with several hosts.
