import IdentityBroker

extension SchemaValue {
    /// The schema of an object with these settings and no others.
    ///
    /// - Parameters:
    ///   - settings: The settings.
    ///   - forms: Replacements for some settings' own forms, by key.
    static func object(of settings: [Setting], forms: [String: SchemaValue] = [:]) -> SchemaValue {
        let properties = settings.map { setting in
            (setting.key, (forms[setting.key] ?? SchemaValue(of: setting.form)).adding(annotations(of: setting)))
        }
        var schema: [String: SchemaValue] = [
            "type": "object",
            "additionalProperties": false,
            "properties": .object(Dictionary(properties) { first, _ in first }),
        ]
        let required = settings.filter(\.isRequired).map { SchemaValue.string($0.key) }
        if !required.isEmpty {
            schema["required"] = .array(required)
        }
        return .object(schema)
    }

    /// The annotations of a setting's schema: its documentation and its default.
    private static func annotations(of setting: Setting) -> [String: SchemaValue] {
        guard let text = setting.defaultText else { return ["description": .string(setting.documentation)] }
        guard let value = SchemaValue(default: text, of: setting.form) else {
            return ["description": .string("\(setting.documentation) Default: \(text).")]
        }
        return ["description": .string(setting.documentation), "default": value]
    }

    /// The schema of the values of a form.
    init(of form: Setting.Form) {
        switch form {
        case .text, .path:
            self = ["$ref": "#/$defs/text"]
        case .url:
            self = ["type": "string", "format": "uri", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[^?#@]+$"]
        case .secret:
            self = ["$ref": "#/$defs/secret"]
        case .boolean:
            self = ["type": "boolean"]
        case .integer(let range):
            self = ["type": "integer"]
            if range.lowerBound != .min { self = adding(["minimum": .integer(range.lowerBound)]) }
            if range.upperBound != .max { self = adding(["maximum": .integer(range.upperBound)]) }
        case .duration:
            self = ["type": "string", "pattern": .string(DurationText.pattern)]
        case .durationOrZero:
            self = ["type": "string", "pattern": .string(DurationText.patternWithZero)]
        case .size:
            self = ["type": "string", "pattern": .string(SizeText.pattern)]
        case .choice(let words):
            self = ["enum": .array(words.map { .string($0) })]
        case .object(let settings):
            self = .object(of: settings)
        case .list(let element):
            self = ["type": "array", "items": SchemaValue(of: element)]
        }
    }

    /// A default as JSON, if its text is a value of the form; a text such as `{baseURL}/{userPoolId}` describes how the
    /// default is derived, and is not a value.
    private init?(default text: String, of form: Setting.Form) {
        switch form {
        case .text where !text.contains("{"), .path: self = .string(text)
        case .url where UpstreamURL(text) != nil: self = .string(text)
        case .duration where DurationText(text) != nil: self = .string(text)
        case .durationOrZero where DurationText(text, allowingZero: true) != nil: self = .string(text)
        case .size where SizeText(text) != nil: self = .string(text)
        case .choice(let words) where words.contains(text): self = .string(text)
        case .boolean where text == "true" || text == "false": self = .boolean(text == "true")
        case .integer:
            guard let number = Int(text) else { return nil }
            self = .integer(number)
        case .list where text == "[]": self = []
        default: return nil
        }
    }
}
