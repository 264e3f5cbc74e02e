public import IdentityBroker
public import StrictJSON

/// The JSON Schema (draft 2020-12) of a configuration file, generated from the manifests of the known provider types
/// and store kinds.
///
/// An editor that supports it completes and checks a file as it is written. The broker itself checks more than a schema
/// can express.
public struct ConfigurationSchema: Sendable {
    /// The schema as a JSON value.
    public let value: JSONValue

    /// Makes the schema.
    public init(providers: ProviderRegistry, stores: StoreRegistry) {
        value = Self.document(manifests: providers.all.map(\.manifest), stores: stores)
    }

    /// The schema as indented text with sorted keys and a final line break.
    public var json: String { value.indentedJSON + "\n" }
}

extension ConfigurationSchema: Encodable {
    /// Encodes the schema.
    public func encode(to encoder: any Encoder) throws {
        try value.encode(to: encoder)
    }
}

extension ConfigurationSchema {
    private static func document(manifests: [ProviderManifest], stores: StoreRegistry) -> JSONValue {
        let types = manifests.map(\.type)
        let kinds = stores.all.map(\.name)
        var definitions: JSONObject = [
            "limits": .schema(of: LimitSettings.all),
            "network": .schema(of: NetworkSettings.all),
            "secret": secret,
            // An unquoted scalar that YAML reads as a number or a Boolean is still text to the broker.
            "text": ["type": ["string", "number", "boolean"]],
            "pointer": ["type": "string", "pattern": "^(/([^~/]|~[01])*)*$"],
            "provider": dispatch(on: "type", among: types, to: "provider"),
            "store": dispatch(on: "kind", among: kinds, or: stores.defaultKind?.name, to: "store"),
        ]
        for manifest in manifests {
            let settings = ProviderSettings.all(of: manifest, types: [manifest.type])
            definitions["provider.\(manifest.type)"] = JSONValue.schema(
                of: settings,
                forms: [
                    "limits": reference(to: "limits"), "network": reference(to: "network"), "attributes": attributes,
                    "admit": accessRules,
                ]
            ).adding(["title": .string(manifest.displayName), "description": .string(manifest.summary)])
        }
        for kind in stores.all {
            let settings = StoreSettings.all(of: kind, kinds: [kind.name], defaultKind: stores.defaultKind)
            definitions["store.\(kind.name)"] = JSONValue.schema(of: settings)
                .adding(["title": .string(kind.name), "description": .string(kind.documentation)])
        }
        let instances: JSONValue = [
            "type": "object",
            "propertyNames": ["pattern": "^[a-z][a-z0-9-]{0,62}$"],
            "additionalProperties": reference(to: "provider"),
        ]
        let clients: JSONValue = [
            "type": "object",
            "propertyNames": ["pattern": "^[A-Za-z0-9._~-]{1,128}$"],
            "additionalProperties": .schema(of: ClientSettings.all),
        ]
        return JSONValue.schema(
            of: DocumentSettings.all(providers: .object([]), stores: .object([]), clients: .object([])),
            forms: ["providers": instances, "stores": reference(to: "store"), "clients": clients]
        ).adding([
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Configuration of the identity broker",
            "$defs": .object(definitions),
        ])
    }

    private static var attributes: JSONValue {
        [
            "type": "object",
            "propertyNames": ["pattern": "^[a-z][a-z0-9_]{0,62}$"],
            "additionalProperties": reference(to: "pointer"),
        ]
    }

    private static var accessRules: JSONValue {
        let domains = JSONValue(schemaOf: .list(.text)).adding(["minItems": 1])
        let rule = JSONValue.schema(
            of: AccessRuleSettings.all, forms: ["claim": reference(to: "pointer"), "emailDomain": domains])
        return ["type": "array", "items": rule, "minItems": 1]
    }

    private static func reference(to definition: String) -> JSONValue {
        ["$ref": .string("#/$defs/\(definition)")]
    }

    /// An object whose other members depend on the value of one key. It uses `if` and `then` instead of `oneOf`, so
    /// that a validator reports problems with the intended type and not with all of them.
    ///
    /// - Parameter implied: The value if the key is omitted; nil if it is required.
    private static func dispatch(
        on key: String,
        among words: [String],
        or implied: String? = nil,
        to definition: String
    ) -> JSONValue {
        let presence: JSONObject = ["required": [.string(key)]]
        let branches = words.map { word -> JSONValue in
            let condition: JSONValue = ["properties": .object([key: ["const": .string(word)]])]
            return [
                // If the key is omitted, a condition that does not require it is true.
                "if": word == implied ? condition : condition.adding(presence),
                "then": reference(to: "\(definition).\(word)"),
            ]
        }
        let schema: JSONValue = [
            "type": "object",
            "properties": .object([key: ["enum": .strings(words)]]),
            // An empty list is not valid: JSON Schema Core §10.2.1.
            "allOf": .array(branches.isEmpty ? [true] : branches),
        ]
        return implied == nil ? schema.adding(presence) : schema
    }

    /// A reference to a secret: exactly one of its three forms.
    private static var secret: JSONValue {
        let text = JSONValue(schemaOf: .text)
        return [
            "description": "Where the secret stands: an environment variable, a file, or the configuration itself.",
            "type": "object",
            "properties": [
                "env": ["type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$"],
                "file": text,
                "literal": text,
            ],
            "additionalProperties": false,
            "minProperties": 1,
            "maxProperties": 1,
        ]
    }
}

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
        case .text, .path, .document:
            self = ["$ref": "#/$defs/text"]
        case .urlTemplate(let names):
            // A brace is no character of a URI.
            let segment = "[^/?#@{}]*|\\{(\(names.joined(separator: "|")))\\}"
            self = ["type": "string", "pattern": .string("^[Hh][Tt][Tt][Pp][Ss]?://[^/?#@{}]+(/(\(segment)))*$")]
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
        case .mapping(let element):
            self = ["type": "object", "additionalProperties": JSONValue(schemaOf: element)]
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
        case .urlTemplate where Setting.url(in: text, as: form) != nil: self = .string(text)
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
