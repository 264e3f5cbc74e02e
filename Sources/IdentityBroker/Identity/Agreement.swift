/// One fact that an upstream states in several places, which must all say the same.
///
/// A provider lists what it saw and where; the gate judges. Were it the provider that compared, one forgotten comparison
/// would sign in whoever an attacker's record names.
public struct Agreement: Sendable, Hashable {
    /// What the fact is, for the error message, such as `subject`.
    public let fact: String
    /// What each place says. A place that says nothing is left out.
    public private(set) var statements: [Statement]

    /// What one place says.
    public struct Statement: Sendable, Hashable {
        /// Where it stands, such as `token.data.id`.
        public let place: String
        /// What stands there.
        public let value: String
    }

    /// Begins with nothing stated.
    public init(on fact: String) {
        self.fact = fact
        statements = []
        // More places than that state nothing.
        statements.reserveCapacity(4)
    }

    /// Adds what one place says; nil, which is a place that says nothing, adds nothing.
    public mutating func add(_ value: String?, at place: String) {
        guard let value else { return }
        statements.append(Statement(place: place, value: value))
    }

    /// The value that every place states; nil where there is none, or where two differ.
    public var agreedValue: String? {
        guard let first = statements.first?.value, firstDissent == nil else { return nil }
        return first
    }

    /// The first statement that differs from the one before all others. Byte by byte: `==` on texts takes different
    /// bytes for equal where Unicode does (canonical equivalence), and an upstream's ids know nothing of that.
    var firstDissent: Statement? {
        statements.dropFirst().first { !$0.value.isIdentical(to: statements[0].value) }
    }
}
