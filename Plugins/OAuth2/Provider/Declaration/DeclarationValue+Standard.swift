import IdentityBroker
import StrictJSON

extension String: DeclarationValue {
    static var form: Setting.Form { .text }
    var json: JSONValue { .string(self) }
    var text: String? { isEmpty ? nil : contains(" ") ? "\"\(self)\"" : self }
}

extension Optional: DeclarationValue where Wrapped: DeclarationValue {
    static var form: Setting.Form { Wrapped.form }
    var json: JSONValue { self?.json ?? .null }
    var text: String? { self?.text }
}

extension Array: DeclarationValue where Element: DeclarationValue {
    static var form: Setting.Form { .list(Element.form) }
    var json: JSONValue { .array(map(\.json)) }
    var text: String? { "[\(map { $0.text ?? "\"\"" }.joined(separator: ", "))]" }
}

extension Dictionary: DeclarationValue where Key == String, Value: DeclarationValue {
    static var form: Setting.Form { .mapping(Value.form) }
    var json: JSONValue { .object(JSONObject(mapValues(\.json).sorted { $0.key < $1.key }.map { ($0.key, $0.value) })) }
    var text: String? { nil }
}

/// One of a few words.
protocol DeclarationWord: DeclarationValue, CaseIterable, RawRepresentable where RawValue == String {}

extension DeclarationWord {
    static var form: Setting.Form { .choice(allCases.map(\.rawValue)) }
    var json: JSONValue { .string(rawValue) }
    var text: String? { rawValue }
}

/// A value that is written as text, and not every text is one.
protocol DeclarationText: DeclarationValue {
    /// What the text must be, as the end of a sentence that begins with "Expected".
    static var expectation: String { get }

    init?(_ text: String)
    var written: String { get }
}

extension DeclarationText {
    static var form: Setting.Form { .text }
    var json: JSONValue { .string(written) }
    var text: String? { written.isEmpty ? "\"\"" : written }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "Expected \(Self.expectation).")
        }
        self = value
    }
}
