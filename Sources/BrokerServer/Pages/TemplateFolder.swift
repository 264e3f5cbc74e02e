import Foundation
import IdentityBroker
import Mustache

/// The templates of the service, or what an operator has put in their place.
struct TemplateFolder {
    /// The folder of the operator's templates; nil for none.
    let path: String?

    private static let fileExtension = ".mustache"
    private static let mostBytes = 64 * 1024

    /// All templates, checked.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that says which file is wrong, and why.
    func library() throws(BrokerError) -> MustacheLibrary {
        var templates: [String: MustacheTemplate] = [:]
        let own = try files()
        for template in PageTemplate.allCases {
            let text = own[template] ?? template.text
            if let flaw = TemplateFlaw(in: text, of: template) {
                throw .misconfigured("The template '\(template.rawValue)' of the login pages \(flaw.reason).")
            }
            do { templates[template.rawValue] = try MustacheTemplate(string: text) } catch {
                throw .misconfigured(
                    "The template '\(template.rawValue)' of the login pages is not Mustache: a tag or section has no end."
                )
            }
        }
        return MustacheLibrary(templates: templates)
    }

    private func files() throws(BrokerError) -> [PageTemplate: String] {
        guard let path else { return [:] }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw .misconfigured("The templates of the login pages cannot be read: \(path)")
        }
        var files: [PageTemplate: String] = [:]
        for name in names.sorted() where name.hasSuffix(Self.fileExtension) {
            guard let template = PageTemplate(rawValue: String(name.dropLast(Self.fileExtension.count))) else {
                let known = PageTemplate.allCases.map(\.rawValue).joined(separator: ", ")
                throw .misconfigured("There is no page for the template '\(name)'. Templates are: \(known).")
            }
            guard let bytes = FileManager.default.contents(atPath: "\(path)/\(name)"), bytes.count <= Self.mostBytes,
                let text = String(validating: bytes, as: UTF8.self)
            else { throw .misconfigured("The template '\(name)' is not text of at most 64 KiB that can be read.") }
            files[template] = text
        }
        return files
    }
}

/// What a template must not have. Whatever it shows is escaped, by the library's own rule, and comes from the page.
struct TemplateFlaw: Hashable {
    /// The flaw in words, after the template's name.
    let reason: String

    private init(_ reason: String) { self.reason = reason }

    /// Finds a flaw; nil for none.
    init?(in text: String, of template: PageTemplate) {
        var rest = text[...]
        while let start = rest.firstRange(of: "{{") {
            rest = rest[start.upperBound...]
            guard rest.first != "{" else {
                self.init("has a tag in three braces, which would show text as it is")
                return
            }
            guard let end = rest.firstRange(of: "}}") else {
                self.init("has a tag without an end")
                return
            }
            let tag = rest[..<end.lowerBound].trimming(while: \.isWhitespace)
            rest = rest[end.upperBound...]
            if let reason = Self.reason(against: tag, in: template) {
                self.init(reason)
                return
            }
        }
        return nil
    }

    private static func reason(against tag: Substring, in template: PageTemplate) -> String? {
        let name = tag.dropFirst().trimming(while: \.isWhitespace)
        switch tag.first {
        case "!"?: return nil
        case "&"?: return "has a tag with '&', which would show text as it is"
        case "="?, "%"?, "<"?, "$"?, "*"?: return "has a tag of a kind that is not supported here: '\(tag.prefix(1))'"
        case ">"?:
            let part = PageTemplate(rawValue: String(name))
            return part?.isPart == true && !template.isPart
                ? nil : "includes '\(name)', and only a page can include 'head' and 'foot'"
        case "#"?, "^"?, "/"?: return unknown(name, in: template)
        default: return unknown(tag, in: template)
        }
    }

    private static func unknown(_ name: Substring, in template: PageTemplate) -> String? {
        guard !template.names.contains(String(name)) else { return nil }
        return "names '\(name)', which it does not get. It gets: \(template.names.sorted().joined(separator: ", "))"
    }
}
