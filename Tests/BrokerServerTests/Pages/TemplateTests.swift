import BrokerServing
import Foundation
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("Templates of the pages")
struct TemplateTests {
    @Test("An operator's template replaces the service's, and no other")
    func replaced() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("signed-out.mustache", "{{! ours }}{{>head}}<p class=\"ours\">{{ lead }}</p>{{>foot}}")
        _ = try folder.write("notes.txt", "{{{not a template}}}")
        let renderer = try PageRenderer(LoginPages(templates: folder.path), for: ServiceBench.issuer)
        #expect(renderer.html(SignedOutPage(), in: .english).contains(#"<p class="ours">You can close this page.</p>"#))
    }

    @Test(
        "A template that shows text as it is, or what it does not get, is refused",
        arguments: [
            ("login", "{{{heading}}}"), ("login", "{{&heading}}"), ("login", "{{& heading}}"), ("login", "{{=<% %>=}}"),
            ("login", "{{% CONTENT_TYPE: TEXT}}"), ("login", "{{secret}}"), ("login", "{{token}}"),
            ("login", "{{heading.x}}"),
            ("login", "{{uppercased(heading)}}"), ("login", "{{.}}"), ("login", "{{>consent}}"),
            ("login", "{{>*heading}}"),
            ("login", "{{<head}}{{/head}}"), ("login", "{{$heading}}{{/heading}}"), ("head", "{{>head}}"),
            ("head", "{{>foot}}"),
            ("login", "{{#providers}}"), ("login", "{{#providers}}{{/lead}}"), ("login", "{{heading"),
            ("login", "{{}}"),
            ("absent", "text"), ("login ", "text"),
        ])
    func refused(name: String, text: String) throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("\(name).mustache", text)
        let error = #expect(throws: BrokerError.self) {
            _ = try PageRenderer(LoginPages(templates: folder.path), for: ServiceBench.issuer)
        }
        #expect(error?.kind == .misconfigured)
        #expect(error?.message.contains(name.trimmingCharacters(in: .whitespaces)) == true)
    }

    @Test(
        "Marks that would hide a special character are dropped, and nothing else",
        arguments: [
            ("plain", "plain"), ("é 登录 👩‍👩‍👧", "é 登录 👩‍👩‍👧"), ("\"\u{301}x", "\"x"), ("<\u{200D}b", "<b"), ("\u{600}<b", "<b"),
            ("a\u{301}\"", "a\u{301}\""), ("&\u{FE0F}\u{301}", "&"), ("\r\n<", "\r\n<"),
        ])
    func separated(text: String, expected: String) {
        #expect(text.separatedForHTML.unicodeScalars.elementsEqual(expected.unicodeScalars))
        #expect(text.separatedForHTML.allSatisfy { !"<>&\"'".contains($0) || $0.unicodeScalars.count == 1 })
    }

    @Test(
        "Languages are read by weight",
        arguments: [
            ("", []), ("en", ["en"]), ("en;q=0.5,zh", ["zh", "en"]), ("a,b,c", ["a", "b", "c"]), ("a;q=0", []),
            ("a;q=x,b", ["b"]),
            (" a ; q=0.1 , b ", ["b", "a"]), (";q=1,,", []),
        ] as [(String, [String])])
    func languages(field: String, expected: [String]) {
        #expect(AcceptedLanguages(field).tags == expected)
    }
}

/// A folder that is gone with the test.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// - Returns: The path of the file.
    func write(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
        return "\(path)/\(name)"
    }
}
