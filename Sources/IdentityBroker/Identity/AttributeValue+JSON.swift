import StrictJSON

extension AttributeValue {
    /// The value as JSON (RFC 8259): without spaces, members sorted by name, the same text for the same value. A number that
    /// JSON has not, such as infinity, is null.
    ///
    /// Every token and every login is written with it, and an encoder that goes by `Encodable` takes ten times as long.
    package var json: String {
        String(decoding: JSONWriter.text { $0.write(self) }, as: UTF8.self)
    }
}

extension JSONWriter {
    fileprivate mutating func write(_ value: AttributeValue) {
        switch value {
        case .null: writeNull()
        case .boolean(let value): write(value)
        case .integer(let value): write(integer: value)
        case .number(let value): write(value)
        case .string(let value): write(value)
        case .array(let values): writeArray(values) { $0.write($1) }
        case .object(let members): writeObject(members) { $0.write($1) }
        }
    }
}
