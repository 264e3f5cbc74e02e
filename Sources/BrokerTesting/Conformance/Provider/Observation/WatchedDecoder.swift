import IdentityBroker
import NIOConcurrencyHelpers

/// Observes which settings a provider type reads, and how it decodes them.
final class SettingsWatch: Sendable {
    private struct State: Sendable {
        var paths: Set<String> = []
        var dump = ""
    }

    /// The watch over the instance that the current task creates.
    @TaskLocal static var current: SettingsWatch?

    private let state = NIOLockedValueBox(State())

    /// The paths of the settings that were read.
    var paths: Set<String> { state.withLockedValue { $0.paths } }

    /// The settings as decoded, as text.
    var dump: String { state.withLockedValue { $0.dump } }

    func note(path: [any CodingKey], key: any CodingKey) {
        let path = (path + [key]).map(\.stringValue).joined(separator: ".")
        state.withLockedValue { _ = $0.paths.insert(path) }
    }

    func note(_ settings: Any) {
        var text = ""
        Swift.dump(settings, to: &text)
        state.withLockedValue { [text] in $0.dump = text }
    }
}

/// Forwards to another decoder, and records which settings are read.
struct WatchedDecoder: Decoder {
    private let base: any Decoder
    private let watch: SettingsWatch

    init(_ base: any Decoder, watch: SettingsWatch) {
        self.base = base
        self.watch = watch
    }

    var codingPath: [any CodingKey] { base.codingPath }
    var userInfo: [CodingUserInfoKey: Any] { base.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(WatchedContainer(base: try base.container(keyedBy: type), watch: watch))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try base.unkeyedContainer() }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { try base.singleValueContainer() }
}

/// The members of an object, recording each that is read.
private struct WatchedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let base: KeyedDecodingContainer<Key>
    let watch: SettingsWatch

    var codingPath: [any CodingKey] { base.codingPath }
    var allKeys: [Key] { base.allKeys }

    func contains(_ key: Key) -> Bool {
        note(key)
        return base.contains(key)
    }

    func decodeNil(forKey key: Key) throws -> Bool {
        note(key)
        return try base.decodeNil(forKey: key)
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        note(key)
        // Observes types that read their own members; how a setting's own type decodes itself is not observed.
        guard WatchedValue<Value>.hasMembers else { return try base.decode(type, forKey: key) }
        return try base.decode(WatchedValue<Value>.self, forKey: key).value
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        note(key)
        return KeyedDecodingContainer(
            WatchedContainer<NestedKey>(base: try base.nestedContainer(keyedBy: type, forKey: key), watch: watch))
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        note(key)
        return try base.nestedUnkeyedContainer(forKey: key)
    }

    func superDecoder() throws -> any Decoder { try base.superDecoder() }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        note(key)
        return WatchedDecoder(try base.superDecoder(forKey: key), watch: watch)
    }

    private func note(_ key: Key) {
        watch.note(path: codingPath, key: key)
    }
}

/// A value decoded under the current watch.
private struct WatchedValue<Value: Decodable>: Decodable {
    let value: Value

    init(from decoder: any Decoder) throws {
        value = try Value(from: SettingsWatch.current.map { WatchedDecoder(decoder, watch: $0) } ?? decoder)
    }

    /// Whether the value may read members of its own. A decoder of settings knows how to handle all others.
    static var hasMembers: Bool {
        !(Value.self == String.self || Value.self == Bool.self || Value.self == Duration.self
            || Value.self == SecretReference.self || Value.self is any BinaryInteger.Type
            || Value.self is any BinaryFloatingPoint.Type)
    }
}
