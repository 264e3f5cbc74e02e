#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
public import IdentityBroker

/// The JSON Schema (draft 2020-12) of a configuration file, generated from the manifests of the known provider types
/// and store kinds.
///
/// An editor that supports it completes and checks a file as it is written. The broker itself checks more than a schema
/// can express.
public struct ConfigurationSchema: Sendable, Encodable {
    private let schema: SchemaValue

    /// Makes the schema.
    public init(providers: ProviderRegistry, stores: StoreRegistry) {
        schema = Self.document(manifests: providers.all.map(\.manifest), stores: stores)
    }

    /// The schema as indented text with sorted keys and a final line break.
    public var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(schema), as: UTF8.self) + "\n"
        }
    }

    /// Encodes the schema.
    public func encode(to encoder: any Encoder) throws {
        try schema.encode(to: encoder)
    }
}

extension ConfigurationSchema {
    private static func document(manifests: [ProviderManifest], stores: StoreRegistry) -> SchemaValue {
        let types = manifests.map(\.type)
        let kinds = stores.all.map(\.name)
        var definitions: [String: SchemaValue] = [
            "limits": .object(of: LimitSettings.all),
            "network": .object(of: NetworkSettings.all),
            "secret": secret,
            // An unquoted scalar that YAML reads as a number or a Boolean is still text to the broker.
            "text": ["type": ["string", "number", "boolean"]],
            "provider": dispatch(on: "type", among: types, to: "provider"),
            "store": dispatch(on: "kind", among: kinds, or: stores.defaultKind?.name, to: "store"),
        ]
        for manifest in manifests {
            let settings = ProviderSettings.all(of: manifest, types: [manifest.type])
            definitions["provider.\(manifest.type)"] = SchemaValue.object(
                of: settings,
                forms: ["limits": reference(to: "limits"), "network": reference(to: "network")]
            ).adding(["title": .string(manifest.displayName), "description": .string(manifest.summary)])
        }
        for kind in stores.all {
            let settings = StoreSettings.all(of: kind, kinds: [kind.name], defaultKind: stores.defaultKind)
            definitions["store.\(kind.name)"] = SchemaValue.object(of: settings)
                .adding(["title": .string(kind.name), "description": .string(kind.documentation)])
        }
        let instances: SchemaValue = [
            "type": "object",
            "propertyNames": ["pattern": "^[a-z][a-z0-9-]{0,62}$"],
            "additionalProperties": reference(to: "provider"),
        ]
        let clients: SchemaValue = [
            "type": "object",
            "propertyNames": ["pattern": "^[A-Za-z0-9._~-]{1,128}$"],
            "additionalProperties": .object(of: ClientSettings.all),
        ]
        return SchemaValue.object(
            of: DocumentSettings.all(providers: .object([]), stores: .object([]), clients: .object([])),
            forms: ["providers": instances, "stores": reference(to: "store"), "clients": clients]
        ).adding([
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Configuration of the identity broker",
            "$defs": .object(definitions),
        ])
    }

    private static func reference(to definition: String) -> SchemaValue {
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
    ) -> SchemaValue {
        let presence: [String: SchemaValue] = ["required": [.string(key)]]
        let branches = words.map { word -> SchemaValue in
            let condition: SchemaValue = ["properties": .object([key: ["const": .string(word)]])]
            return [
                // If the key is omitted, a condition that does not require it is true.
                "if": word == implied ? condition : condition.adding(presence),
                "then": reference(to: "\(definition).\(word)"),
            ]
        }
        let schema: SchemaValue = [
            "type": "object",
            "properties": .object([key: ["enum": .array(words.map { .string($0) })]]),
            // An empty list is not valid: JSON Schema Core §10.2.1.
            "allOf": .array(branches.isEmpty ? [true] : branches),
        ]
        return implied == nil ? schema.adding(presence) : schema
    }

    /// A reference to a secret: exactly one of its three forms.
    private static var secret: SchemaValue {
        let text = SchemaValue(of: .text)
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
