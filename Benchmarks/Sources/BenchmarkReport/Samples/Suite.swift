/// A part of the run.
enum Suite: String, Decodable {
    /// Requests and whole logins under load.
    case load
    /// The same, with every allocation counted and no time taken.
    case allocations
    /// What logins ask of a store, call by call; the subject is store and call.
    case store
    /// From the upstream's answer to the identity.
    case mapping
    /// Logins at a healthy provider, alone and beside a sick one.
    case isolation
    /// Whole processes.
    case process
    /// The service, asked for tokens: as many requests as are in flight, or begun at a rate.
    case service
    /// Tokens checked.
    case verification
    /// The service, started, left alone and stopped.
    case start
    /// Very many logins, part by part; a round is a part.
    case endurance
    /// What the machine has not got.
    case absent
}
