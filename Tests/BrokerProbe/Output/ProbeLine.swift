/// What a probe tells, one line each.
package enum ProbeLine: Codable, Sendable, Hashable {
    /// It runs, and waits for its start.
    case ready
    /// It reserved the credential with this number.
    case won(Int)
    /// The store refused the credential with this number.
    case refused(Int, isFull: Bool, mayHaveHappened: Bool)
    /// It stopped at a step, for ever.
    case stopped(LoginStep)
    /// A login was answered.
    case answered(LoginAnswer)
    /// It cannot go on.
    case failed(String)
}
