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
            "provider": dispatch(on: "type", among: types, to: "provider"),
            "store": dispatch(on: "kind", among: kinds, or: stores.defaultKind?.name, to: "store"),
        ]
        for manifest in manifests {
            let settings = ProviderSettings.all(of: manifest, types: [manifest.type])
            definitions["provider.\(manifest.type)"] = JSONValue.schema(
                of: settings,
                forms: ["limits": reference(to: "limits"), "network": reference(to: "network")]
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
