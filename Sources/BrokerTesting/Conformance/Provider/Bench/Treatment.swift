import LoopbackServer

/// How the upstream answers the requests of one login.
struct Treatment: Sendable {
    typealias Answer = @Sendable (Scene) -> ServerScript

    /// What is wrong with every answer that ``answers`` does not cover.
    var variant = ProviderConformance.Variant.correct
    /// How the login's requests are answered, by their number; the first is 1.
    var answers: [Int: Answer] = [:]

    static let correct = Treatment()
}

/// The ingredients of an answer.
struct Scene: Sendable {
    /// The correct answer.
    let correct: ServerResponse
    /// What would be the correct answer to another person's login.
    let ofAnother: ServerResponse
}
