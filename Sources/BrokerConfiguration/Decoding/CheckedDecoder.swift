import IdentityBroker

/// Decodes settings from checked values, so that only a setting's form decides its type.
struct CheckedDecoder: Decoder {
    let value: CheckedValue
    var codingPath: [any CodingKey] = []
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard let members = value.decodableMembers else { throw mismatch([String: CheckedValue].self) }
        return KeyedDecodingContainer(CheckedKeyedContainer(members: members, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard let elements = value.elements else { throw mismatch([CheckedValue].self) }
        return CheckedUnkeyedContainer(elements: elements, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        self
    }

    private func mismatch(_ type: Any.Type) -> DecodingError {
        .typeMismatch(type, .init(codingPath: codingPath, debugDescription: "The setting's form is another."))
    }
}

extension CheckedDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let converted = value.converted(to: type) { return converted }
        guard !Self.isElementary(type) else { throw mismatch(type) }
        return try Value(from: self)
    }

    /// Whether the type would ask its decoder for itself endlessly, or for what no setting contains.
    private static func isElementary(_ type: Any.Type) -> Bool {
        type == String.self || type == Bool.self || type == Duration.self
            || type is any FixedWidthInteger.Type || type is any BinaryFloatingPoint.Type
    }
}

extension CheckedValue {
    /// The members to decode from: an object's, or those of a secret reference, which is then decoded by its own type.
    fileprivate var decodableMembers: [String: CheckedValue]? {
        guard case .secret(let reference) = content else { return members }
        let (key, text) =
            switch reference {
            case .environment(let name): ("env", name)
            case .file(let path): ("file", path)
            case .literal(let secret): ("literal", secret.reveal())
            }
        return [key: CheckedValue(content: .text(text), position: position)]
    }

    /// The value as the type, if no decoding is needed.
    fileprivate func converted<Value>(to type: Value.Type) -> Value? {
        switch content {
        case .text(let text): text as? Value
        case .boolean(let flag): flag as? Value
        case .integer(let number): (type as? any FixedWidthInteger.Type)?.init(exactly: number) as? Value
        case .duration(let duration): duration as? Value
        case .secret(let reference): reference as? Value
        case .list, .object: nil
        }
    }
}
