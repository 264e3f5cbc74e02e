/// One fact that an upstream states in several places, which must all agree.
///
/// A provider lists what it saw and where; the gate compares. If providers compared, one forgotten comparison would
/// sign in whomever an attacker's record names.
public struct Agreement: Sendable, Hashable {
    /// The name of the fact for the error message, such as `subject`.
    public let fact: String
    /// What each place states. A place without a value is left out.
    public private(set) var statements: [Statement]

    /// What one place states.
    public struct Statement: Sendable, Hashable {
        /// Where the value is, such as `token.data.id`.
        public let place: String
        /// The value.
        public let value: String
    }

    /// Begins with nothing stated.
    public init(on fact: String) {
        self.fact = fact
        statements = []
        // Enough for most providers.
        statements.reserveCapacity(4)
    }

    /// Adds what one place states; nil, for a place without a value, adds nothing.
    public mutating func add(_ value: String?, at place: String) {
        guard let value else { return }
        statements.append(Statement(place: place, value: value))
    }

    /// The value that every place states; nil if there is none, or if two differ.
    public var agreedValue: String? {
        guard let first = statements.first?.value, firstDissent == nil else { return nil }
        return first
    }

    /// The first statement that differs from the initial one. Compared byte by byte: `==` on strings uses canonical
    /// equivalence, which an upstream's ids do not.
    var firstDissent: Statement? {
        statements.dropFirst().first { !$0.value.isIdentical(to: statements[0].value) }
    }
}
