/// Whether anything of a login has reached the upstream.
enum Departure: Sendable, Equatable {
    /// No byte can have left.
    case nothingLeft
    /// Everything that left was answered.
    case answered
    /// Something may have left without an answer.
    case unanswered
}
