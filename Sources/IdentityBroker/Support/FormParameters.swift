/// The parameters of an `application/x-www-form-urlencoded` text, in order.
struct FormParameters: Sendable {
    /// A parameter that occurs more than once (RFC 6749 §3.1), so that two readers could see different values.
    struct Repeated: Error {}

    private let pairs: [(name: String, value: String)]

    /// Parses a text. Returns nil if it is not form-encoded.
    init?(_ text: Substring) {
        var pairs: [(name: String, value: String)] = []
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = formDecoded(parts[0]), let value = formDecoded(parts.count > 1 ? parts[1] : "") else {
                return nil
            }
            pairs.append((name, value))
        }
        self.pairs = pairs
    }

    /// The names of all parameters.
    var names: Set<String> { Set(pairs.map(\.name)) }

    /// The value of a parameter that may occur once; nil if it is absent.
    func single(_ name: String) throws(Repeated) -> String? {
        let values = pairs.filter { $0.name == name }
        guard values.count <= 1 else { throw Repeated() }
        return values.first?.value
    }
}
