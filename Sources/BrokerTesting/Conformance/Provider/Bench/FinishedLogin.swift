import LoopbackServer

/// A finished login, and what the upstream saw of it.
struct FinishedLogin: Sendable {
    /// What was wrong with it.
    let circumstances: String
    let attempt: Attempt
    /// The texts that must appear nowhere.
    let canaries: [Canary]
    /// The requests with the person's tag.
    let requests: [ReceivedRequest]
    /// How many requests arrived meanwhile, for any person.
    let sentCount: Int
    /// The result of presenting the same credential again; nil if it was not.
    let again: Attempt?
    /// How many requests arrived meanwhile.
    let sentCountAgain: Int
}
