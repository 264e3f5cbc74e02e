import IdentityBroker

extension StoreRules {
    static let settling: [StoreRule<StoreBench>] = [
        StoreRule(
            "a released credential is free for the next login",
            because: "Release means that no byte has left: the user may try again with the same credential."
        ) { bench in
            let store = try await bench.open()
            let (first, second) = (OneTimeReservation.sample(), OneTimeReservation.sample())
            try await store.mustGrant(first, "to the first caller")
            try await store.settle(first, as: .released)
            try await store.mustGrant(second, "after the credential was released")
            try await store.mustRefuse(.sample(), "while the next login holds the released credential")
        },
        StoreRule(
            "a spent credential stays so, whatever its login says later",
            because: "Spent means that it may have left. Nothing later can undo that."
        ) { bench in
            let store = try await bench.open()
            let reservation = OneTimeReservation.sample()
            try await store.mustGrant(reservation, "to the first caller")
            try await store.settle(reservation, as: .spent)
            try await store.mustRefuse(.sample(), "after the credential was spent")
            try await store.settle(reservation, as: .released)
            try await store.mustRefuse(
                .sample(), "after the credential was spent, and then released by the same login")
        },
        StoreRule(
            "a login without a reservation cannot release another's",
            because: "A late release by one login would let another's credential through a second time."
        ) { bench in
            let store = try await bench.open()
            let holder = OneTimeReservation.sample()
            try await store.mustGrant(holder, "to the first caller")
            try await store.settle(.sample(), as: .released)
            try await store.mustRefuse(.sample(), "after a login that held nothing released the credential")
            try await store.settle(holder, as: .released)
            try await store.mustGrant(.sample(), "after the holder released the credential")
        },
        StoreRule(
            "a late release does not undo a later reservation",
            because: "A login that outlived its reservation would free a credential that another login now holds."
        ) { bench in
            let store = try await bench.open()
            let (late, present) = (OneTimeReservation.sample(until: .second(5)), OneTimeReservation.sample())
            try await store.mustGrant(late, "to the first caller")
            try await store.mustPurge(1, at: .second(5), atMost: 100, "with the first reservation expired")
            try await store.mustGrant(present, at: .second(6), "after the first reservation was purged")
            try await store.settle(late, as: .released)
            try await store.mustRefuse(
                .sample(), at: .second(6), "after a late release by the login that had it before")
        },
        StoreRule(
            "a late verdict does not spend a later reservation",
            because: "The login that now holds the credential could no longer release it."
        ) { bench in
            let store = try await bench.open()
            let (late, present) = (OneTimeReservation.sample(until: .second(5)), OneTimeReservation.sample())
            try await store.mustGrant(late, "to the first caller")
            try await store.mustPurge(1, at: .second(5), atMost: 100, "with the first reservation expired")
            try await store.mustGrant(present, at: .second(6), "after the first reservation was purged")
            try await store.settle(late, as: .spent)
            try await store.settle(present, as: .released)
            try await store.mustGrant(.sample(), at: .second(6), "after the holder released the credential")
        },
        StoreRule(
            "a verdict on an unreserved credential reserves nothing",
            because: "A missing reservation was removed or passed on; settling it must not bring it back."
        ) { bench in
            let store = try await bench.open()
            try await store.settle(.sample(1), as: .spent)
            try await store.mustGrant(.sample(1), "although it had only been concluded as spent")
            try await store.settle(.sample(2), as: .released)
            try await store.mustGrant(.sample(2), "although it had only been concluded as released")
        },
        StoreRule(
            "a verdict on one credential does not touch others of its login",
            because: "Credential and login together identify what is settled; one of them is not enough."
        ) { bench in
            let store = try await bench.open()
            let one = OneTimeReservation.sample(1)
            let other = OneTimeReservation(key: .sample(2), login: one.login, expiry: one.expiry)
            try await store.mustGrant(one, "for the first credential of a login")
            try await store.mustGrant(other, "for the second credential of a login")
            try await store.settle(one, as: .released)
            try await store.mustRefuse(.sample(2), "after another credential of the same login was released")
            try await store.settle(other, as: .released)
            try await store.mustGrant(.sample(2), "after the credential was released")
        },
    ]
}
