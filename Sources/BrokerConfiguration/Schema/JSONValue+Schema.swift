import IdentityBroker
import StrictJSON

extension JSONValue {
    /// The schema of an object with these settings and no others.
    ///
    /// - Parameters:
    ///   - settings: The settings.
    ///   - forms: Replacements for some settings' own forms, by key.
    static func schema(of settings: [Setting], forms: JSONObject = [:]) -> JSONValue {
        let properties = settings.map { setting in
            (setting.key, (forms[setting.key] ?? JSONValue(schemaOf: setting.form)).adding(annotations(of: setting)))
        }
        var schema: JSONObject = [
            "type": "object",
            "additionalProperties": false,
            "properties": .object(JSONObject(properties)),
        ]
        let required = settings.filter(\.isRequired).map(\.key)
        if !required.isEmpty { schema["required"] = .strings(required) }
        return .object(schema)
    }

    /// The same schema with more keywords; those given take precedence.
    func adding(_ keywords: JSONObject) -> JSONValue {
        guard case .object(var schema) = self else { return self }
        for keyword in keywords { schema[keyword.name] = keyword.value }
        return .object(schema)
    }

    /// The annotations of a setting's schema: its documentation and its default.
    private static func annotations(of setting: Setting) -> JSONObject {
        guard let text = setting.defaultText else { return ["description": .string(setting.documentation)] }
        guard let value = JSONValue(default: text, of: setting.form) else {
            return ["description": .string("\(setting.documentation) Default: \(text).")]
        }
        return ["description": .string(setting.documentation), "default": value]
    }

    /// The schema of the values of a form.
    init(schemaOf form: Setting.Form) {
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
            self = ["enum": .strings(words)]
        case .object(let settings):
            self = .schema(of: settings)
        case .list(let element):
            self = ["type": "array", "items": JSONValue(schemaOf: element)]
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
        case .boolean where text == "true" || text == "false": self = .bool(text == "true")
        case .integer:
            guard let number = Int(text) else { return nil }
            self = .integer(number)
        case .list where text == "[]": self = []
        default: return nil
        }
    }
}
