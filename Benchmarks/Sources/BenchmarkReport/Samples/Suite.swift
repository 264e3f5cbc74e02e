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
    /// Very many logins, part by part; a round is a part.
    case endurance
    /// What the machine has not got.
    case absent
}
