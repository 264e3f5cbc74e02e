import IdentityBroker

extension Checker {
    /// A scalar as its form interprets it, whatever its type in YAML.
    mutating func checkScalar(
        _ node: SourceNode,
        as form: Setting.Form,
        at path: SettingPath
    ) -> CheckedValue.Content? {
        guard case .scalar(let text, let isPlain) = node.content, !node.isNothing else {
            reportType(of: node, expecting: form.expectation, at: path)
            return nil
        }
        guard !text.unicodeScalars.contains(where: \.isRefusedControl) else {
            report(.invalidValue, at: node.position, path, "The value contains a control character. Remove it.")
            return nil
        }
        guard !VariableReference.isMeant(by: text, as: form) else {
            report(.invalidValue, at: node.position, path, VariableReference.advice)
            return nil
        }
        let content: CheckedValue.Content? =
            switch form {
            case .text: .text(text)
            case .url, .urlTemplate: Setting.url(in: text, as: form).map { _ in .text(text) }
            case .path: text.isEmpty ? nil : .text(absolutePath(text))
            case .boolean: isPlain ? Self.booleans[text].map { .boolean($0) } : nil
            case .integer(let range): isPlain ? Self.integer(text, in: range).map { .integer($0) } : nil
            case .duration: DurationText(text).map { .duration($0.duration) }
            case .durationOrZero: DurationText(text, allowingZero: true).map { .duration($0.duration) }
            case .size: SizeText(text).map { .integer($0.bytes) }
            case .choice(let words): words.contains(text) ? .text(text) : nil
            case .secret, .object, .mapping, .list, .document: nil
            }
        if content == nil {
            let hint = form.hint(for: text).map { " \($0)" } ?? ""
            report(.invalidValue, at: node.position, path, "Expected \(form.expectation).\(hint)")
        }
        return content
    }

    /// The absolute path; a relative one is resolved against the file's directory.
    func absolutePath(_ path: String) -> String {
        guard !path.hasPrefix("/") else { return path }
        return baseDirectory.hasSuffix("/") ? baseDirectory + path : "\(baseDirectory)/\(path)"
    }

    private static let booleans = ["true": true, "false": false]

    private static func integer(_ text: String, in range: ClosedRange<Int>) -> Int? {
        // Only one spelling: a leading zero means octal to some readers, and a plus sign or an underscore means text to
        // others.
        guard let number = Int(text), String(number) == text, range.contains(number) else { return nil }
        return number
    }
}

extension Setting.Form {
    /// How to fix an invalid text, without repeating it.
    fileprivate func hint(for text: String) -> String? {
        switch self {
        case .url, .urlTemplate:
            "Write an absolute URL such as https://id.example.com, without query, fragment or user name."
        case .boolean: "Write it without quotes."
        case .integer: "Write it in digits, without quotes."
        case .duration, .durationOrZero: DurationText.hint
        case .size: SizeText.hint
        case .choice(let words): NearestName.of(text, among: words).map { "Did you mean '\($0)'?" }
        default: nil
        }
    }

    /// The expected value, in words.
    var expectation: String {
        switch self {
        case .text: "text"
        case .url, .urlTemplate: "a URL"
        case .path, .document: "the path of a file"
        case .secret: "a reference to a secret"
        case .boolean: "true or false"
        case .integer(let range): Self.expectation(of: range)
        case .duration, .durationOrZero: "a time"
        case .size: "a size"
        case .choice(let words): "one of " + words.joined(separator: ", ")
        case .object, .mapping: "a mapping"
        case .list: "a list such as [a, b]"
        }
    }

    private static func expectation(of range: ClosedRange<Int>) -> String {
        guard range.lowerBound < range.upperBound else { return "the number \(range.lowerBound)" }
        return switch (range.lowerBound, range.upperBound) {
        case (.min, .max): "a whole number"
        case (let least, .max): "a whole number of at least \(least)"
        case (.min, let most): "a whole number of at most \(most)"
        case (let least, let most): "a whole number from \(least) to \(most)"
        }
    }
}
