/// A line of a probe's report.
package enum ProbeLine: Codable, Sendable, Hashable {
    /// It is running, and waits for its start.
    case ready
    /// It reserved the credential with this number.
    case won(Int)
    /// The store refused the credential with this number.
    case refused(Int, isFull: Bool, mayHaveHappened: Bool)
    /// It stopped at a step, and waits to be killed.
    case stopped(LoginStep)
    /// A login was answered.
    case answered(LoginAnswer)
    /// It cannot continue.
    case failed(String)
}
