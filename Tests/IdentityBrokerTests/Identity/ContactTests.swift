import IdentityBroker
import Testing

@Suite("A contact")
struct ContactTests {
    @Test("states whether it is known to be the person's")
    func verification() {
        #expect(Contact.verified(Verified("a")).verification == true)
        #expect(Contact.asserted(Asserted("a"), isKnownUnverified: true).verification == false)
        #expect(Contact.asserted(Asserted("a"), isKnownUnverified: false).verification == nil)
    }

    @Test("has its value, verified or not")
    func value() {
        #expect(Contact.verified(Verified("a")).value == "a")
        #expect(Contact.asserted(Asserted("b"), isKnownUnverified: true).value == "b")
    }
}
