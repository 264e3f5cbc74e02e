import IdentityBroker
import StrictJSON

extension Agreement {
    /// Adds an id that must be valid wherever it appears: a member that is present but empty, `null` or not text is
    /// refused.
    ///
    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved`.
    mutating func add(requiredText value: JSONValue?, at place: String) throws(BrokerError) {
        guard let value else { return }
        guard let text = value.string, !text.isEmpty else { throw Self.noText(at: place) }
        add(text, at: place)
    }

    /// Adds an id that GenAuth leaves empty or `null` if WeChat gave none.
    ///
    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` for anything but visible ASCII, the form of all WeChat
    ///   ids: no gate checks them again.
    mutating func add(optionalText value: JSONValue?, at place: String) throws(BrokerError) {
        guard let value, !value.isNull, value.string != "" else { return }
        guard var text = value.string, text.utf8.count <= Self.longestId,
            text.withUTF8({ $0.allSatisfy { (0x21...0x7E).contains($0) } })
        else { throw Self.noText(at: place) }
        add(text, at: place)
    }

    private static let longestId = 255

    private static func noText(at place: String) -> BrokerError {
        BrokerError(.upstreamMisbehaved, "GenAuth's record has an id that is none: \(place) is empty or no plain text.")
    }
}
