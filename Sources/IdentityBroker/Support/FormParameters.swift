/// The parameters of a text in `application/x-www-form-urlencoded`, in their order.
struct FormParameters: Sendable {
    /// A parameter that is given more than once (RFC 6749 §3.1), so that two readers could take it for different ones.
    struct Repeated: Error {}

    private let pairs: [(name: String, value: String)]

    /// Reads a text. Returns nil where it is not encoded as a form is.
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

    /// The value of a parameter that may be there once; nil where it is not there.
    func single(_ name: String) throws(Repeated) -> String? {
        let values = pairs.filter { $0.name == name }
        guard values.count <= 1 else { throw Repeated() }
        return values.first?.value
    }
}
