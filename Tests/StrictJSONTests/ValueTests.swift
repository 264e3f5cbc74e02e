import StrictJSON
import Testing

@Suite("Values that were read")
struct ValueTests {
    private let reader = JSONReader()

    @Test("are of the kind they were written as, and of no other")
    func kinds() throws {
        let value = try reader.read(
            #" { "n" : null , "b" : false , "i" : 1 , "s" : "x" , "a" : [ 1 , [ ] ] , "o" : { } } "#.utf8)
        #expect(value["n"]?.isNull == true)
        #expect(value["b"]?.bool == false)
        #expect(value["i"]?.number?.literal == "1")
        #expect(value["s"]?.string == "x")
        #expect(value["a"]?.array?.count == 2)
        #expect(value["o"]?.object?.isEmpty == true)

        #expect(value["i"]?.bool == nil)
        #expect(value["b"]?.int64 == nil)
        #expect(value["b"]?.double == nil)
        #expect(value["i"]?.string == nil)
        #expect(value["s"]?.number == nil)
        #expect(value["o"]?.array == nil)
        #expect(value["a"]?.object == nil)
        #expect(value["b"]?.isNull == false)
    }

    @Test("distinguish a null member from a missing one")
    func missingMember() throws {
        let value = try reader.read(#"{"here":null}"#.utf8)
        #expect(value["here"] == .null)
        #expect(value["there"] == nil)
        #expect(value["here"]?["further"] == nil)
    }

    @Test("find a member among similar names of the same length")
    func similarNames() throws {
        let value = try reader.read(#"{"a1z":1,"a2z":2,"":3,"a":4,"é":5,"az":6,"a22z":7}"#.utf8)
        for (name, number) in [("a1z", 1), ("a2z", 2), ("", 3), ("a", 4), ("é", 5), ("az", 6), ("a22z", 7)] {
            #expect(value[name]?.int64 == Int64(number))
        }
        for name in ["a3z", "z", "e\u{301}", "a12z", "A1z"] {
            #expect(value[name] == nil)
        }
    }

    @Test("keep the order of members and elements")
    func order() throws {
        let value = try reader.read(#"{"z":[3,1,2],"a":{"y":1,"x":2},"m":0}"#.utf8)
        #expect(value.object?.map(\.name) == ["z", "a", "m"])
        #expect(value["a"]?.object?.map(\.name) == ["y", "x"])
        #expect(value["z"]?.array?.map(\.int64) == [3, 1, 2])
    }

    @Test("belong to the container they were written in")
    func nesting() throws {
        let value = try reader.read(#"[0,{"a":[1,{"b":2},3],"c":{"d":[4,[5]]}},[],6]"#.utf8)
        let elements = try #require(value.array)
        #expect(elements.count == 4)
        #expect(elements[1]["a"]?.array?.count == 3)
        #expect(elements[1]["a"]?.array?[1]["b"]?.int64 == 2)
        #expect(elements[1]["a"]?.array?[2].int64 == 3)
        #expect(elements[1]["c"]?["d"]?.array?[1].array?.first?.int64 == 5)
        #expect(elements[2] == .array([]))
        #expect(elements[3].int64 == 6)
    }

    @Test("are looked up by the exact name")
    func exactNames() throws {
        let value = try reader.read(#"{"\u00e9":1,"e\u0301":2}"#.utf8)
        #expect(value["\u{E9}"]?.int64 == 1)
        #expect(value["e\u{301}"]?.int64 == 2)
    }

    @Test(
        "differ when they are written differently",
        arguments: [
            ("null", "false"), ("true", "false"), ("1", "1.0"), (#""1""#, "1"), ("[]", "{}"), ("[1,2]", "[2,1]"),
            (#""\u00e9""#, #""e\u0301""#),
            (#"{"\u00e9":1}"#, #"{"e\u0301":1}"#), (#"{"a":1}"#, #"{"a":2}"#),
        ])
    func inequality(_ left: String, _ right: String) throws {
        #expect(try reader.read(left.utf8) != reader.read(right.utf8))
    }

    @Test("are equal when they differ only in white space, escapes and the order of members")
    func equality() throws {
        let left = try reader.read(#"{"a":[null,true,-1.5e3,"é/",{}],"b":1}"#.utf8)
        let right = try reader.read("\n{ \"b\":1,\"\\u0061\" : [\tnull, true, -1.5e3, \"\\u00e9\\/\", { } ]\r}".utf8)
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
    }

    @Test("show only kind and size when interpolated")
    func description() throws {
        let value = try reader.read(#"{"token":"canary","phones":[18800008888],"canary":{"canary":1}}"#.utf8)
        #expect("\(value)" == "object of 3 members")
        for shown in try [
            "\(#require(value["token"]))", "\(#require(value["phones"]))", "\(#require(value["canary"]))",
        ] {
            #expect(!shown.contains("canary"))
            #expect(!shown.contains("8888"))
        }
    }
}
