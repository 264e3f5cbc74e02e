package import IdentityBroker
package import StrictJSON

extension JSONReader {
    /// The reader for upstreams whose names contain raw control characters. The transport has already refused what is longer
    /// than the instance's `responseSize`.
    package static let allowingRawControlCharacters = JSONReader(
        limits: Limits(maximumBytes: .max, maximumDepth: 32), allowsRawControlCharactersInStrings: true)

    /// Reads a document with people's names in it. Escapes of lone surrogates, which end a name that was cut inside an emoji,
    /// become U+FFFD: they cost the name, and not what is beside it.
    package func readTolerantly(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        do {
            return try read(bytes)
        } catch {
            guard error.code == .loneSurrogate else { throw error }
            return try read(TextRepair.withoutLoneSurrogates(bytes))
        }
    }
}

extension UpstreamResponse {
    /// The same answer with U+FFFD in place of what is no UTF-8 or half a surrogate pair: it costs a name, and not what is
    /// beside it.
    package var repaired: UpstreamResponse {
        var repaired = self
        repaired.body = TextRepair.repaired(body)
        return repaired
    }
}

extension JSONValue {
    /// The whole number, whether written as a number or as decimal text: some upstreams do both with the same member.
    package var wholeNumber: Int64? {
        if let number = int64 { return number }
        guard let text = string else { return nil }
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        // `Int64` would accept a plus sign as well.
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }
}

extension JSONObject {
    /// The text of a member; nil if it is absent, empty or of another type.
    package func text(_ name: String) -> String? {
        guard let text = self[name]?.string, !text.isEmpty else { return nil }
        return text
    }

    /// The text of a member; nil as well if a part of it could not be read.
    package func readableText(_ name: String) -> String? {
        text(name).flatMap { TextRepair.isRepaired($0) ? nil : $0 }
    }

    /// The id of a person in a member; nil if it is absent, null or empty.
    ///
    /// - Parameter place: Where the object is from, as `WeChat's sns/userinfo`.
    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if something else is in the place of an id.
    package func id(_ name: String, from place: String) throws(BrokerError) -> String? {
        guard let member = self[name], !member.isNull else { return nil }
        // What a script makes of a missing value would be one account for all.
        guard let text = member.string, text.utf8.count <= 255, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            !["undefined", "null"].contains(text)
        else { throw .misbehaved("The \(name) in the answer of \(place) is not an id.") }
        return text.isEmpty ? nil : text
    }
}
