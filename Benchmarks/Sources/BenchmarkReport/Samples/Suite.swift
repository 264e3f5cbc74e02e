/// A part of the run.
enum Suite: String, Decodable {
    /// Requests and whole logins under load.
    case load
    /// The same, counting allocations instead of measuring time.
    case allocations
    /// The store calls of a login, one by one; the subject is the store and the call.
    case store
    /// From the upstream's answer to the identity.
    case mapping
    /// Logins by ID tokens that an app got itself, and the same check by others.
    case native
    /// Logins at a healthy provider, alone and next to a failing one.
    case isolation
    /// Whole processes.
    case process
    /// Token requests to the service: a number in flight, or started at a rate.
    case service
    /// Token verification.
    case verification
    /// The service's start, idle state and stop.
    case start
    /// Very many logins in equal parts; each part is a round.
    case endurance
    /// What the machine does not have.
    case absent
}
