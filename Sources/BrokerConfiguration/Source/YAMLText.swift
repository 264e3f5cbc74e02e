package import IdentityBroker
package import StrictJSON

/// Data as YAML in block style, which the strict reader of configuration reads as the same data.
package struct YAMLText {
    /// The text, with a line break at its end.
    package private(set) var text = ""

    /// Writes an object of texts, Booleans, numbers, lists and objects.
    ///
    /// - Parameter settings: What describes the members, in whose order they are written; others come last.
    package init(_ object: JSONObject, in settings: [Setting] = []) {
        write(object, in: settings, indentation: "")
    }

    private mutating func write(_ object: JSONObject, in settings: [Setting], indentation: String) {
        let known = settings.filter { object[$0.key] != nil }
        let others = object.map(\.name).filter { name in !known.contains { $0.key == name } }
        for setting in known + others.map({ Setting.optional($0, .text, "") }) {
            guard let value = object[setting.key] else { continue }
            let start = "\(indentation)\(setting.key.yamlScalar):"
            if let members = value.object, !members.isEmpty {
                text += "\(start)\n"
                var inner: [Setting] = []
                if case .object(let settings) = setting.form { inner = settings }
                write(members, in: inner, indentation: "\(indentation)  ")
            } else {
                text += "\(start) \(Self.flow(value))\n"
            }
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
