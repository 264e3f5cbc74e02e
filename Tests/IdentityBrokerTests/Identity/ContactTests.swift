import IdentityBroker
import StrictJSON
import Testing

@Suite("A contact")
struct ContactTests {
    @Test("states whether it is known to be the person's")
    func verification() {
        #expect(Contact.verified(Verified("a")).verification == true)
        #expect(Contact.asserted(Asserted("a"), isKnownUnverified: true).verification == false)
        #expect(Contact.asserted(Asserted("a"), isKnownUnverified: false).verification == nil)
    }

    @Test(
        "is verified by a literal true alone",
        arguments: [
            (true, true), (false, false), (nil, nil), (.null, nil), ("true", nil), (1, nil), ("", nil), ([true], nil),
        ] as [(JSONValue?, Bool?)])
    func flag(flag: JSONValue?, verification: Bool?) {
        #expect(Contact("a", verified: flag).verification == verification)
    }

    @Test("has its value, verified or not")
    func value() {
        #expect(Contact.verified(Verified("a")).value == "a")
        #expect(Contact.asserted(Asserted("b"), isKnownUnverified: true).value == "b")
    }
}

@Suite("A phone number")
struct PhoneNumberTests {
    @Test(
        "is a complete one in E.164 form",
        arguments: ["+8617670416754", "+14155552671", "+4915112345678", "+1234567", "+123456789012345"]
    )
    func accepted(_ text: String) {
        #expect(PhoneNumber(text)?.rawValue == text)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "+", "17670416754", "8617670416754", "+086176704167", "+123456", "+1234567890123456", "+86 17670416754",
            "+86-176-7041-6754", "+86176****6754", "+8617670416754 ", " +8617670416754", "+8617670416754\n",
            "+8617670416754;ext=1", "tel:+8617670416754", "＋8617670416754", "+٨٦١٧٦٧٠٤١٦٧٥", "+\u{301}8617670416754",
            "++8617670416754", "+86176704O6754",
        ]
    )
    func refused(_ text: String) {
        #expect(PhoneNumber(text) == nil)
    }

    @Test("reveals nothing, however it is printed", arguments: Rendering.allCases)
    func printing(_ rendering: Rendering) throws {
        let number = try #require(PhoneNumber(Canary.phoneNumber))
        #expect(Canary.found(in: rendering.text(of: number)).isEmpty)
        #expect(Canary.found(in: rendering.text(of: Contact.verified(Verified(number)))).isEmpty)
    }
}
