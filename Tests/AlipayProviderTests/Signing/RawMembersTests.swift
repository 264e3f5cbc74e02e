import BrokerTesting
import StrictJSON
import Testing
import UpstreamAPI

@testable import AlipayProvider

@Suite("The text of a member")
struct RawMembersTests {
    /// Writes random JSON in every way that JSON allows.
    private struct Writer {
        var generator: SeededGenerator

        mutating func space() -> String { ["", "", " ", "\n\t", "\r\n "].randomElement(using: &generator) ?? "" }

        mutating func string() -> String {
            let parts = [
                "a", "\\\"", "\\\\", "{", "}", "[", "]", ",", ":", "\\/", "/", "\\u0022", "张", "😀", "\\ud83d\\ude00",
                "sign",
            ]
            let count = Int.random(in: 0..<6, using: &generator)
            return "\"" + (0..<count).compactMap { _ in parts.randomElement(using: &generator) }.joined() + "\""
        }

        mutating func value(_ depth: Int) -> String {
            switch Int.random(in: 0..<(depth > 3 ? 3 : 5), using: &generator) {
            case 0: return string()
            case 1: return ["1", "-0.5e+3", "true", "false", "null"].randomElement(using: &generator) ?? "0"
            case 2: return ["{}", "[]", "{ }", "[\n]"].randomElement(using: &generator) ?? "{}"
            case 3: return object((0..<3).map { "m\($0)" }, depth + 1)
            default:
                let elements = (0..<3).map { _ in space() + value(depth + 1) + space() }
                return "[\(elements.joined(separator: ","))]"
            }
        }

        mutating func object(_ names: [String], _ depth: Int = 0) -> String {
            let members = names.map { name in "\(space())\"\(name)\"\(space()):\(space())\(value(depth))\(space())" }
            return "{\(members.joined(separator: ","))}"
        }
    }

    @Test("is what a reader of the whole document reads, however that is written", arguments: 0..<8)
    func agreement(seed: UInt64) throws {
        var writer = Writer(generator: SeededGenerator(seed: seed))
        let names = ["sign", "alipay_x_response", "a", "m0"]
        for _ in 0..<250 {
            let text = Array((writer.space() + writer.object(names) + writer.space()).utf8)
            let document = try #require(try JSONReader().read(text).object)
            for encoding in TextRepair.Encoding.allCases
            where encoding == .utf8 || !text.contains(where: { $0 >= 0x80 }) {
                let raw = RawMembers(bytes: text, encoding: encoding)
                for name in names {
                    let value = try #require(raw.value(of: name))
                    #expect(try JSONReader().read(Array(value)) == document[name])
                    #expect(value.first.map { !" \n\r\t".utf8.contains($0) } == true)
                    #expect(value.last.map { !" \n\r\t".utf8.contains($0) } == true)
                }
                #expect(raw.value(of: "m1") == nil)
            }
        }
    }

    @Test("is found within bounds, whatever is in the document", arguments: 0..<4)
    func bounds(seed: UInt64) {
        var writer = Writer(generator: SeededGenerator(seed: seed))
        for _ in 0..<250 {
            var text = Array(writer.object(["sign", "a"]).utf8)
            for _ in 0..<4 {
                let position = Int.random(in: text.indices, using: &writer.generator)
                text[position] = UInt8.random(in: 0 ... .max, using: &writer.generator)
            }
            for encoding in TextRepair.Encoding.allCases {
                let value = RawMembers(bytes: text, encoding: encoding).value(of: "a")
                #expect(value.map { $0.startIndex >= 0 && $0.endIndex <= text.count } ?? true)
                let repaired = TextRepair.repaired(text, from: encoding)
                #expect(String(validating: repaired, as: UTF8.self) != nil)
            }
        }
    }
}
