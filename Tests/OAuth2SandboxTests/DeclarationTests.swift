import BrokerSandbox
import Foundation
import IdentityBroker
import LoopbackServer
import Testing

@testable import OAuth2Sandbox

@Suite("A declaration that the OAuth 2.0 sandbox follows")
struct DeclarationTests {
    @Test(
        "has texts alone, whatever YAML 1.1 takes them for",
        arguments: ["off", "yes", "5.131", "2022-11-28", "007", "0x1F", "1e3", "12:30:45", "+1", "y", "~"])
    func texts(word: String) throws {
        #expect(JSON(yaml: "a: \(word)")?["a"]?.text == word)
        #expect(JSON(yaml: "\(word): [b]")?[word]?.texts == ["b"])
    }

    @Test("is a mapping, and not one that aliases make endless", arguments: ["[a]", "a", "", "a: [", "a: 1\na: 2"])
    func mappings(text: String) {
        #expect(Vendor(declared: text) == nil)
        let levels = (1...12).map {
            "l\($0): &l\($0) [\(Array(repeating: "*l\($0 - 1)", count: 9).joined(separator: ","))]"
        }
        #expect(JSON(yaml: (["l0: &l0 [a]"] + levels).joined(separator: "\n")) == nil)
    }

    @Test("without PKCE makes an upstream that ignores it")
    func pkce() {
        #expect(Vendor(declared: "pkce: off")?.challenges == .ignored)
        #expect(Vendor(declared: "pkce: required")?.challenges == .required)
    }

    @Test("may have several conditions at one place, which is a list of words then")
    func conditions() {
        var record = DeclaredRecord()
        let (primary, verified): (JSON, JSON) = (
            [["at": "/scope", "is": "primary"]], [["at": "/scope", "is": "verified"]]
        )
        record.set(true, on: primary)
        record.set(true, on: verified)
        #expect(record.contents == ["scope": ["primary", "verified"]])
        var other = DeclaredRecord()
        other.set(false, on: primary)
        other.set(true, on: verified)
        #expect(other.contents == ["scope": ["not-primary", "verified"]])
        var claimed = DeclaredRecord()
        claimed.set("Ada", at: "/scope")
        claimed.set(true, on: primary)
        #expect(claimed.contents == ["scope": "Ada"])
    }

    @Test(
        "may look anywhere in a list",
        arguments: [
            ["/items/0", "/items/1", "/items/3"], ["/items/3", "/items/0"], ["/items/0/a", "/items/name"],
            ["/items/1", "/items/01"], ["/items/0", "/items/99999999"], ["/0", "/1/2/3"],
        ])
    func lists(pointers: [String]) {
        var record = DeclaredRecord()
        for pointer in pointers { record.set(.text(pointer), at: pointer) }
        for pointer in pointers { #expect(record.contents.value(at: pointer) == .text(pointer)) }
    }

    @Test(
        "may make a URL of parts, each of which is a segment",
        arguments: [
            ("https://cdn.example/{/id}/{/avatar}.png", ["id": "1", "avatar": "ada"]),
            ("https://cdn.example/{+/avatar}/200", ["id": "1", "avatar": "ada"]),
            ("{+/avatar}", ["id": "1", "avatar": "ada"]),
        ] as [(String, JSON)])
    func templates(source: String, record expected: JSON) {
        var record = DeclaredRecord()
        record.set("1", at: "/id")
        record.set("https://people.example/ada.png", from: source)
        #expect(record.contents == expected)
    }

    @Test("is a regular file of bounded length")
    func files() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("declaration-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        func path(_ name: String, _ bytes: [UInt8]) throws -> String {
            let url = directory.appendingPathComponent(name)
            try Data(bytes).write(to: url)
            return url.path
        }
        let right = try path("right.yaml", Array("pkce: off".utf8))
        let link = directory.appendingPathComponent("link.yaml").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: right)
        for name in [right, link] { #expect(try DeclarationFile(path: name).text == "pkce: off") }
        let pipe = directory.appendingPathComponent("pipe").path
        try #require(mkfifo(pipe, 0o600) == 0)
        let long = try path("long.yaml", Array(repeating: 0x61, count: DeclarationFile.maximumBytes + 1))
        let wrong = [
            ("/dev/zero", "not a regular file"), (pipe, "not a regular file"), (directory.path, "not a regular file"),
            (long, "longer than 1 MiB"), (try path("bytes.yaml", [0xFF]), "not UTF-8"),
            ("\(right).x", "cannot be read"),
        ]
        for (name, message) in wrong {
            let error = #expect(throws: BrokerError.self) { try DeclarationFile(path: name) }
            #expect(error?.kind == .misconfigured && error?.message.contains(message) == true, "\(name)")
        }
    }
}
