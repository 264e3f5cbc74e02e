import LoopbackServer

/// How the upstream answers the requests of one login.
struct Treatment: Sendable {
    typealias Answer = @Sendable (Scene) -> ServerScript

    /// What is the matter with every answer that ``answers`` has nothing for.
    var variant = ProviderConformance.Variant.correct
    /// What is done in answer to the login's requests by their number; the first is 1.
    var answers: [Int: Answer] = [:]

    static let correct = Treatment()
}

/// What an answer can be made of.
struct Scene: Sendable {
    /// The correct answer.
    let correct: ServerResponse
    /// What would be the correct answer if the login were another person's.
    let ofAnother: ServerResponse
}
