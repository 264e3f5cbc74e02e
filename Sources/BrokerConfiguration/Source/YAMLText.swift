package import StrictJSON

/// Data as YAML in block style, which the strict reader of configuration reads as the same data.
package struct YAMLText {
    /// The text, with a line break at its end.
    package private(set) var text = ""

    /// Writes an object of texts, Booleans, numbers, lists and objects.
    package init(_ object: JSONObject) {
        write(object, indentation: "")
    }

    private mutating func write(_ object: JSONObject, indentation: String) {
        for member in object { write(member.value, after: "\(indentation)\(member.name.yamlScalar):", indentation) }
    }

    private mutating func write(_ value: JSONValue, after start: String, _ indentation: String) {
        switch value {
        case .object(let object) where !object.isEmpty:
            text += "\(start)\n"
            write(object, indentation: "\(indentation)  ")
        case .array(let elements) where elements.contains { $0.object != nil || $0.array != nil }:
            text += "\(start)\n"
            for element in elements { write(element, after: "\(indentation)  -", "\(indentation)  ") }
        default:
            text += "\(start) \(Self.flow(value))\n"
        }
    }

    /// A value on one line.
    private static func flow(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .number(let number): number.literal
        case .string(let text): text.yamlScalar
        case .array(let elements): "[\(elements.map(flow).joined(separator: ", "))]"
        case .object(let object):
            "{ \(object.map { "\($0.name.yamlScalar): \(flow($0.value))" }.joined(separator: ", ")) }"
        }
    }
}
