import StrictJSON
import Testing

@Suite("Values that a program makes")
struct MakingTests {
    private let reader = JSONReader()

    @Test("are written as literals")
    func literals() throws {
        let value: JSONValue = [
            "null": .null, "bool": true, "integer": -1, "double": 0.5, "string": "x", "array": [1, "a", []],
            "object": [:],
        ]
        let read = try reader.read(
            #"{"null":null,"bool":true,"integer":-1,"double":0.5,"string":"x","array":[1,"a",[]],"object":{}}"#.utf8)
        #expect(value == read)
        #expect(value.hashValue == read.hashValue)
    }

    @Test("are equal to those that were read, in any order of members", arguments: [#"{"a":1,"b":{"c":[2]}}"#])
    func equality(_ text: String) throws {
        let read = try reader.read(text.utf8)
        for made: JSONValue in [["a": 1, "b": ["c": [2]]], ["b": ["c": [2]], "a": 1]] {
            #expect(made == read && read == made)
            #expect(Set([made, read]).count == 1)
        }
        for other: JSONValue in [["a": 1], ["a": 1, "b": ["c": [3]]], ["a": 1, "b": ["c": [2]], "d": 0], [:], "a"] {
            #expect(other != read && read != other)
        }
    }

    @Test("have each name once, and the last one wins")
    func duplicates() {
        let name = "a"
        let object: JSONObject = [name: 1, "b": 2, "a": 3]
        #expect(object.map(\.name) == ["a", "b"])
        #expect(object["a"] == 3)
        #expect(JSONObject([("x", 1), ("x", 2), ("x", 3)]) == ["x": 3])
    }

    @Test("distinguish names that are only canonically equivalent")
    func spellings() {
        let object: JSONObject = ["\u{E9}": 1, "e\u{301}": 2]
        #expect(object.count == 2)
        #expect(object["\u{E9}"] == 1)
        #expect(object["e\u{301}"] == 2)
        #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
    }

    @Test("are inserted, replaced and removed by name, and sorted by name")
    func changes() {
        var object = JSONObject()
        for name in ["m", "z", "a", "q", ""] { object[name] = .string(name) }
        #expect(object.map(\.name) == ["", "a", "m", "q", "z"])
        #expect(object.allSatisfy { object[$0.name] == $0.value })
        object["m"] = .null
        #expect(object["m"] == .null && object.count == 5)
        object["m"] = nil
        object["absent"] = nil
        #expect(object.map(\.name) == ["", "a", "q", "z"])
        #expect(object["m"] == nil)
    }

    @Test("do not change what they were copied from")
    func copies() throws {
        let read = try #require(try reader.read(#"{"z":1,"a":[{"y":2}]}"#.utf8).object)
        var changed = read
        changed["b"] = 3
        #expect(read.map(\.name) == ["z", "a"])
        #expect(changed.map(\.name) == ["a", "b", "z"])
        let copy = changed
        changed["a"] = nil
        #expect(copy["a"] == [["y": 2]])
        #expect(changed == ["b": 3, "z": 1])
    }

    @Test("are arrays of strings, or not")
    func strings() {
        #expect(JSONValue.strings(["a", "b"]).strings == ["a", "b"])
        #expect(JSONValue.array([]).strings == [])
        #expect((["a", 1] as JSONValue).strings == nil)
        #expect(("a" as JSONValue).strings == nil)
    }

    @Test("show no content when they are interpolated")
    func description() {
        let value: JSONValue = ["canary": ["canary", 18_800_008_888]]
        #expect("\(value)" == "object of 1 members")
        #expect("\([value])\(String(reflecting: value))".contains("canary") == false)
    }

    @Test("are dumped without the rest of the document that they were read from")
    func dumps() throws {
        let secret = Array("canary".utf8).map { "\($0)" }
        let value = try reader.read(#"{"secret":"canary","shown":{"a":["x"]}}"#.utf8)
        let part = try #require(value["shown"])
        for shown in [part, ["b": [part]]] {
            var text = ""
            dump(shown, to: &text)
            #expect(text.contains(#""x""#))
            #expect(!text.contains("canary"))
            #expect(!secret.allSatisfy { text.contains($0) })
        }
    }
}
