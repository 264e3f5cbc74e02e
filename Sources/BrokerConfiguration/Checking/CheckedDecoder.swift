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

/// The members of an object.
struct CheckedKeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let members: [String: CheckedValue]
    let codingPath: [any CodingKey]

    var allKeys: [Key] { members.keys.sorted().compactMap(Key.init(stringValue:)) }

    func contains(_ key: Key) -> Bool { members[key.stringValue] != nil }

    func decodeNil(forKey key: Key) -> Bool { !contains(key) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try decoder(at: key).decode(type)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try decoder(at: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder(at: key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        try decoder(at: SettingKey(stringValue: "super"))
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        try decoder(at: key)
    }

    private func decoder(at key: any CodingKey) throws -> CheckedDecoder {
        guard let value = members[key.stringValue] else {
            let context = DecodingError.Context(codingPath: codingPath, debugDescription: "The setting is not there.")
            throw DecodingError.keyNotFound(key, context)
        }
        return CheckedDecoder(value: value, codingPath: codingPath + [key])
    }
}

/// The elements of a list.
struct CheckedUnkeyedContainer: UnkeyedDecodingContainer {
    let elements: [CheckedValue]
    let codingPath: [any CodingKey]
    private(set) var currentIndex = 0

    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex == elements.count }

    func decodeNil() -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try next { try $0.decode(type) }
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try next { try $0.container(keyedBy: type) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next { try $0.unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder {
        try next { $0 }
    }

    /// Advances only after a success, as `UnkeyedDecodingContainer` requires.
    private mutating func next<Result>(_ decode: (CheckedDecoder) throws -> Result) throws -> Result {
        let path = codingPath + [SettingKey(intValue: currentIndex)]
        guard !isAtEnd else {
            let context = DecodingError.Context(codingPath: path, debugDescription: "The list ends here.")
            throw DecodingError.valueNotFound(Result.self, context)
        }
        let result = try decode(CheckedDecoder(value: elements[currentIndex], codingPath: path))
        currentIndex += 1
        return result
    }
}

/// A key that no specific type declares.
struct SettingKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = "\(intValue)"
        self.intValue = intValue
    }
}
