import HTTPTypes

extension UpstreamResponse {
    /// How long the answer is fresh by its own statement (RFC 9111 §4.2.1), minus its age on arrival; nil if it states
    /// nothing. In `Cache-Control`, the stricter directives win. `Expires` is not read: it needs two clocks, and
    /// accompanies `max-age` wherever a key set is served.
    var statedFreshness: Duration? {
        let fields = headerFields
        var lifetimes: [String: Duration] = [:]
        for directive in fields[values: .cacheControl].flatMap({ $0.split(separator: ",") }) {
            let parts = directive.split(separator: "=", maxSplits: 1).map { $0.trimmed.lowercased() }
            switch parts.first {
            case "no-store", "no-cache":
                return .zero
            case "max-age", "s-maxage":
                // Unreadable or repeated: use the shorter one (RFC 9111 §4.2.1).
                let seconds = parts.count == 2 ? Self.seconds(parts[1].unquoted) : nil
                lifetimes[parts[0]] = min(lifetimes[parts[0]] ?? .seconds(Int32.max), seconds ?? .zero)
            default:
                continue
            }
        }
        // What logins share is a shared cache (RFC 9111 §5.2.2.10).
        guard let lifetime = lifetimes["s-maxage"] ?? lifetimes["max-age"] else { return nil }
        let age = fields[.age].flatMap { Self.seconds($0) } ?? .zero
        return max(.zero, lifetime - age)
    }

    /// A number of seconds; an excessive one becomes the largest (RFC 9111 §1.2.2).
    private static func seconds(_ text: String) -> Duration? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return .seconds(Int32(text) ?? Int32.max)
    }
}

extension StringProtocol {
    fileprivate var trimmed: SubSequence {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return self[endIndex...]
        }
        return self[first...last]
    }
}

extension String {
    fileprivate var unquoted: String {
        count >= 2 && hasPrefix("\"") && hasSuffix("\"") ? String(dropFirst().dropLast()) : self
    }
}
