import Foundation
import IdentityBroker
import StrictJSON
import Testing
import WXAppProvider

@testable import BrokerCommands

@Suite("The description of a provider type")
struct TypeDescriptionTests {
    /// A type that is described in Chinese in part, and otherwise in English.
    private var partial: ProviderKind {
        ProviderKind(
            WXAppProvider.self,
            manifest: ProviderManifest(
                type: "partial", displayName: "Partial", summary: "In English.",
                credentials: [
                    CredentialForm(
                        kind: .ticket,
                        parts: [
                            CredentialPart("one", maximumBytes: 1, "Part one."),
                            CredentialPart("two", maximumBytes: 1, "Part two."),
                        ])
                ],
                settings: [
                    .required("first", .text, "The first."),
                    .optional(
                        "second", .object([.optional("inner", .duration, default: "5m", "Inside.")]), "The second."),
                ],
                notices: [Notice(rawValue: "a_notice"): "A.", Notice(rawValue: "b_notice"): "B."],
                registration: "Register.", particulars: ["One.", "Two."],
                translations: [
                    "zh": ManifestTranslation(
                        displayName: "部分", summary: "中文。", settings: ["second.inner": "里面。"], parts: ["two": "第二部分。"],
                        notices: [Notice(rawValue: "b_notice"): "乙。"], particulars: ["其一。"])
                ]))
    }

    @Test("shows in English what a type lacks in the reader's language, and nothing else")
    func fallback() {
        let text = ManifestText(TypeDescription(partial, for: ["zh"])).rendered(in: .plain)
        for chinese in [
            "partial：部分", "中文。", "two：第二部分。", "其一。", "里面。（时长，默认 5m）", "乙。", "必填", "映射", "ticket，最多",
        ] {
            #expect(text.contains(chinese), "\(chinese)")
        }
        for english in ["one：Part one.", "Register.", "Two.", "The first.（文本，必填）", "The second.", "A."] {
            #expect(text.contains(english), "\(english)")
        }
        for replaced in ["In English.", "Part two.", "One.", "Inside.", "B.", "required", "Settings"] {
            #expect(!text.contains(replaced), "\(replaced)")
        }
    }

    @Test(
        "is in English for those who want another language, or prefer English", arguments: [[], ["fr"], ["en", "zh"]])
    func english(languages: [String]) {
        let text = ManifestText(TypeDescription(partial, for: languages)).rendered(in: .plain)
        #expect(text.contains("partial: Partial") && text.contains("Inside. (duration, default 5m)"))
        #expect(!text.unicodeScalars.contains { ("\u{4E00}"..."\u{9FFF}").contains($0) })
    }

    @Test("is a page that leads to the same in the other language")
    func links() {
        let english = ManifestMarkdown(TypeDescription(partial, for: []), hasSandbox: true).text
        #expect(english.hasPrefix("# Partial (`partial`)\n\n[中文](partial.zh.md)\n\nIn English.\n\n"))
        let chinese = ManifestMarkdown(TypeDescription(partial, for: ["zh"]), hasSandbox: true).text
        #expect(chinese.hasPrefix("# 部分（`partial`）\n\n[English](partial.md)\n\n中文。\n\n"))
        #expect(chinese.contains("| `second.inner` | 时长，默认 `5m` | 里面。 |"))
        // The configuration is the same in every language.
        let blocks = [english, chinese].map { $0.components(separatedBy: "```")[1] }
        #expect(blocks[0] == blocks[1])
    }

    @Test("has every text for programs, in all languages")
    func report() {
        let report = ManifestReport(kind: partial).members
        #expect(report["display_name"] == "Partial")
        let chinese = report["translations"]?.object?["zh"]?.object
        #expect(chinese?["settings"]?.object?["second.inner"] == "里面。")
        #expect(chinese?["notices"]?.object?["b_notice"] == "乙。")
        #expect(chinese?["parts"]?.object?["two"] == "第二部分。")
        #expect(chinese?["particulars"]?.array == ["其一。"])
        #expect(chinese?["registration"] == nil)
    }
}
