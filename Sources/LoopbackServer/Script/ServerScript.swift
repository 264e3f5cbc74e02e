/// What the server does in answer to one request, step by step.
///
/// After the last step, the connection stays open for the next request, unless a step ended it or the request said
/// `Connection: close`.
public struct ServerScript: Sendable, ExpressibleByArrayLiteral {
    /// The steps in order. Steps after one that ends the connection are not performed.
    public var steps: [ServerStep]

    /// Makes a script from these steps.
    public init(_ steps: [ServerStep]) {
        self.steps = steps
    }

    /// Makes a script from these steps.
    public init(arrayLiteral steps: ServerStep...) {
        self.init(steps)
    }

    /// This script followed by another.
    public func followed(by next: ServerScript) -> ServerScript {
        ServerScript(steps + next.steps)
    }

    /// Whether it ends by holding the connection.
    public var hangs: Bool {
        if case .hang = steps.last { true } else { false }
    }
}
