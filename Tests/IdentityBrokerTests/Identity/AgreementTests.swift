import Testing

@testable import IdentityBroker

@Suite("An agreement")
struct AgreementTests {
    private func agreement(_ values: [String?]) -> Agreement {
        var agreement = Agreement(on: "subject")
        for (index, value) in values.enumerated() { agreement.add(value, at: "place-\(index)") }
        return agreement
    }

    @Test(
        "holds if all places with a value agree",
        arguments: [
            (["a"], "a"), (["a", "a", "a"], "a"), ([nil, "a", nil], "a"), ([], nil), ([nil, nil], nil),
            (["a", "b"], nil),
            (["a", "a", "b"], nil), (["a", ""], nil), (["a", "A"], nil), (["\u{E9}", "e\u{301}"], nil), ([""], ""),
        ] as [([String?], String?)]
    )
    func agreedValue(values: [String?], agreed: String?) {
        #expect(agreement(values).agreedValue == agreed)
    }

    @Test("knows the first place that differs")
    func dissent() {
        #expect(agreement(["a", nil, "a", "b", "c"]).firstDissent?.place == "place-3")
        #expect(agreement(["a", "a"]).firstDissent == nil)
        #expect(agreement([]).firstDissent == nil)
    }
}
