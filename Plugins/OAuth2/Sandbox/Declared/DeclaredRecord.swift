import BrokerSandbox

/// A record of a person with everything that a declaration finds in it, at the places where it looks.
struct DeclaredRecord {
    private(set) var contents: JSON = [:]

    /// Sets a value; what is there already stays.
    mutating func set(_ value: JSON, at pointer: String) {
        guard contents.value(at: pointer) == nil else { return }
        contents = contents.setting(value, at: pointer)
    }

    /// Makes conditions hold, or not.
    ///
    /// - Parameter conditions: A list of mappings, each with `at` and perhaps with `is`.
    mutating func set(_ holds: Bool, on conditions: JSON?) {
        guard case .list(let list)? = conditions else { return }
        for condition in list {
            guard let pointer = condition["at"]?.text else { continue }
            guard let word = condition["is"]?.text else {
                set(.boolean(holds), at: pointer)
                continue
            }
            if holds { set(.text(word), at: pointer) } else { set(.text("not-\(word)"), at: pointer) }
        }
    }

    /// Sets what a claim is read from: a pointer, or a text with pointers in braces.
    ///
    /// - Parameter value: The claim. Of several pointers in a text, each gets one word of it.
    mutating func set(_ value: String, from source: String) {
        guard source.contains("{") else { return set(.text(value), at: source) }
        let parts = source.split(separator: "{", omittingEmptySubsequences: false)
        let pointers = parts.dropFirst().map { String($0.prefix { $0 != "}" }.trimmingPrefix("+")) }
        guard pointers.count > 1 else {
            let value = value.hasPrefix(parts[0]) ? String(value.dropFirst(parts[0].count)) : value
            for pointer in pointers { set(.text(value), at: pointer) }
            return
        }
        var words = value.split(separator: " ").map(String.init)
        for pointer in pointers { set(.text(words.isEmpty ? "sandbox" : words.removeFirst()), at: pointer) }
    }
}

extension Person {
    /// Their standard claims (OpenID Connect Core §5.1), as far as the sandbox has them.
    var claims: [String: String] {
        var claims = [
            "name": fullName, "given_name": givenName, "family_name": familyName, "nickname": givenName,
            "preferred_username": name, "profile": "https://people.example/\(name)", "picture": picture,
            "website": "https://\(name).example", "locale": "en-US", "zoneinfo": "Europe/London",
            "birthdate": "1970-01-0\(number)", "phone_number": phoneNumber,
        ]
        claims["email"] = email
        return claims
    }
}
