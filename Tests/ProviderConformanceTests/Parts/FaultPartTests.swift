import Foundation
import LoopbackServer
import Testing

@testable import BrokerTesting

@Suite("The parts of faults")
struct FaultPartTests {
    @Test("include complete gzip, though nothing is compressed")
    func gzip() {
        // RFC 1952 §2.3: identification, method, flags, time, flags, system; a stored block; CRC-32 and length.
        let expected: [UInt8] =
            [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 1, 9, 0, 0xF6, 0xFF] + Array("123456789".utf8)
            + [0x26, 0x39, 0xF4, 0xCB, 9, 0, 0, 0]
        #expect(Gzip.stored(Array("123456789".utf8)) == expected)
    }

    @Test("include JSON with one part changed, at any depth")
    func mutations() throws {
        let document = Array(#"{"a":{"b":"c"},"d":1}"#.utf8)
        let mutations = JSONMutation.all(of: document)
        #expect(mutations.count == 3 * JSONMutation.Replacement.allCases.count)
        let texts = Set(mutations.map { String(decoding: $0.applied(to: document), as: UTF8.self).count })
        #expect(texts.count > 1)
        let first = try #require(mutations.first { $0.path == ["a", "b"] && $0.replacement == .emptyList })
        let changed = try JSONSerialization.jsonObject(with: Data(first.applied(to: document))) as? NSDictionary
        #expect(changed == ["a": ["b": [Any]()], "d": 1] as NSDictionary)
    }

    @Test("have unique names")
    func names() {
        let names = AnswerFault.all.map(\.description)
        #expect(Set(names).count == names.count)
    }

    @Test("never include a correct answer", arguments: AnswerFault.content)
    func content(fault: AnswerFault) throws {
        let scene = Scene(
            correct: .json(#"{"ok":true,"person":{"id":"1"}}"#), ofAnother: .json(#"{"ok":true,"person":{"id":"2"}}"#))
        guard case .respond(let response)? = fault.script(scene).steps.first else {
            Issue.record("There is no response.")
            return
        }
        #expect(response.status == 200)
        #expect(response.body != scene.correct.body)
    }
}
