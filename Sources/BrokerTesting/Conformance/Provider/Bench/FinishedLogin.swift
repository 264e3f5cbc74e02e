import LoopbackServer

/// A login that is over, and what the upstream saw of it.
struct FinishedLogin: Sendable {
    /// What was the matter with it.
    let circumstances: String
    let attempt: Attempt
    /// What must stand nowhere.
    let canaries: [Canary]
    /// The requests with the person's tag.
    let requests: [ReceivedRequest]
    /// How many requests came meanwhile, whoever they were about.
    let sentCount: Int
    /// What the same credential came to when it was presented again; nil if it was not.
    let again: Attempt?
    /// How many requests came meanwhile.
    let sentCountAgain: Int
}
