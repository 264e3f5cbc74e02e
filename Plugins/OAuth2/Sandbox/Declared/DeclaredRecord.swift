import BrokerSandbox

/// A record of a person with everything that a declaration finds in it, at the places where it looks.
struct DeclaredRecord {
    private(set) var contents: JSON = [:]
    /// The words that conditions have put somewhere.
    private var words: [String: [JSON]] = [:]

    /// Sets a value; what is there already stays.
    mutating func set(_ value: JSON, at pointer: String) {
        guard !has(pointer) else { return }
        contents = contents.setting(value, at: pointer)
    }

    /// Whether there is a value. A list that was filled up has none in between.
    private func has(_ pointer: String) -> Bool {
        switch contents.value(at: pointer) {
        case nil, .null: false
        default: true
        }
    }

    /// Makes conditions hold, or not. Several words at one place are a list there, such as of scopes.
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
            let text = JSON.text(holds ? word : "not-\(word)")
            guard let others = words[pointer] else {
                guard !has(pointer) else { continue }
                words[pointer] = [text]
                set(text, at: pointer)
                continue
            }
            words[pointer] = others + [text]
            contents = contents.setting(.list(others + [text]), at: pointer)
        }
    }

    /// Sets what a claim is read from: a pointer, or a text with pointers in braces.
    ///
    /// - Parameter value: The claim. Of several pointers in a text, each gets one word of it. One in a URL gets the last
    ///   segment of its path, without an extension.
    mutating func set(_ value: String, from source: String) {
        guard source.contains("{") else { return set(.text(value), at: source) }
        let parts = source.split(separator: "{", omittingEmptySubsequences: false)
        let pointers = parts.dropFirst().map { String($0.prefix { $0 != "}" }.trimmingPrefix("+")) }
        guard !source.hasPrefix("https://"), !source.contains("{+") else {
            let segment = (value.split(separator: "/").last ?? "sandbox").prefix { $0 != "." }
            for pointer in pointers { set(.text(String(segment)), at: pointer) }
            return
        }
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
