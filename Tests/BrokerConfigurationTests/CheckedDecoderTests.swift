import IdentityBroker
import Testing

@testable import BrokerConfiguration

@Suite("Decoding checked values")
struct CheckedDecoderTests {
    private func value(_ content: CheckedValue.Content, line: Int = 1) -> CheckedValue {
        CheckedValue(content: content, position: SourcePosition(line: line, column: 1))
    }

    private func decode<Value: Decodable>(_ type: Value.Type, from content: CheckedValue.Content) throws -> Value {
        try CheckedDecoder(value: value(content)).decode(type)
    }

    @Test("A scalar is decoded as itself, or as an optional")
    func scalars() throws {
        #expect(try decode(String.self, from: .text("x")) == "x")
        #expect(try decode(String?.self, from: .text("x")) == "x")
        #expect(try decode(Bool.self, from: .boolean(true)))
        #expect(try decode(Int.self, from: .integer(-5)) == -5)
        #expect(try decode(UInt8.self, from: .integer(255)) == 255)
        #expect(try decode(Duration?.self, from: .duration(.seconds(1))) == .seconds(1))
        #expect(try decode(SecretReference.self, from: .secret(.environment("X"))) == .environment("X"))
        #expect(try decode([Duration].self, from: .list([value(.duration(.seconds(1)))])) == [.seconds(1)])
        #expect(try decode([String: Int].self, from: .object(["a": value(.integer(1))])) == ["a": 1])
    }

    @Test("A value of another type is a mismatch, not infinite recursion")
    func mismatches() throws {
        func isMismatch<Value: Decodable>(_ type: Value.Type, _ content: CheckedValue.Content) -> Bool {
            do {
                _ = try decode(type, from: content)
                return false
            } catch DecodingError.typeMismatch {
                return true
            } catch {
                return false
            }
        }
        #expect(isMismatch(String.self, .boolean(true)))
        #expect(isMismatch(Bool.self, .text("true")))
        #expect(isMismatch(Int.self, .text("1")))
        #expect(isMismatch(Double.self, .integer(1)))
        #expect(isMismatch(Duration.self, .list([value(.integer(1)), value(.integer(1))])))
        #expect(isMismatch(SecretReference.self, .text("hunter2")))
        #expect(isMismatch([String].self, .text("x")))
        #expect(isMismatch([String: String].self, .list([])))
        #expect(isMismatch(RichProvider.Nested.self, .integer(1)))
    }

    @Test("A number out of the type's range is a mismatch", arguments: [-1, 256])
    func overflow(number: Int) {
        #expect(throws: DecodingError.self) { try decode(UInt8.self, from: .integer(number)) }
    }

    @Test("A type that wraps a secret reference decodes it through its keys")
    func wrappedSecret() throws {
        struct Wrapper: Decodable {
            let reference: SecretReference

            init(from decoder: any Decoder) throws {
                reference = try SecretReference(from: decoder)
            }
        }
        for reference in [SecretReference.environment("A"), .file("/b"), .literal(Secret("c"))] {
            #expect(try decode(Wrapper.self, from: .secret(reference)).reference == reference)
        }
    }

    @Test("A missing key is named, with the path to it")
    func missingKey() throws {
        let content = CheckedValue.Content.list([value(.object([:]))])
        let error = try #require(throws: DecodingError.self) { try decode([RichProvider.Host].self, from: content) }
        guard case .keyNotFound(let key, let context) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(key.stringValue == "host")
        #expect(context.codingPath.map(\.intValue) == [0])
    }

    @Test("Containers can be decoded by hand, and a list does not advance after a failure")
    func containers() throws {
        let inner = value(.object(["list": value(.list([value(.integer(1)), value(.text("x"))]))]))
        let decoder = CheckedDecoder(value: value(.object(["inner": inner])))
        let outer = try decoder.container(keyedBy: SettingKey.self)
        #expect(outer.allKeys.map(\.stringValue) == ["inner"])
        #expect(try outer.decodeNil(forKey: SettingKey(stringValue: "other")))
        let nested = try outer.nestedContainer(keyedBy: SettingKey.self, forKey: SettingKey(stringValue: "inner"))
        var list = try nested.nestedUnkeyedContainer(forKey: SettingKey(stringValue: "list"))
        #expect(list.count == 2)
        #expect(throws: DecodingError.self) { try list.decode(String.self) }
        #expect(list.currentIndex == 0)
        #expect(try list.decode(Int.self) == 1)
        #expect(try list.decode(String.self) == "x")
        #expect(list.isAtEnd)
        #expect(throws: DecodingError.self) { try list.decode(String.self) }
    }

    @Test("A path of keys leads to the innermost existing setting")
    func descendants() {
        let leaf = value(.text("x"), line: 3)
        let root = value(.object(["list": value(.list([leaf]), line: 2)]))
        let settings = CheckedSettings(file: "", path: .document, value: root)
        func place(at keys: [any CodingKey]) -> String {
            let place = settings.descendant(at: keys)
            return "\(place.path.text):\(place.value.position.line)"
        }
        #expect(place(at: []) == ":1")
        #expect(place(at: [SettingKey(stringValue: "list")]) == "list:2")
        #expect(place(at: [SettingKey(stringValue: "list"), SettingKey(intValue: 0)]) == "list[0]:3")
        #expect(place(at: [SettingKey(stringValue: "list"), SettingKey(intValue: 1)]) == "list:2")
        #expect(place(at: [SettingKey(stringValue: "other")]) == ":1")
    }
}
