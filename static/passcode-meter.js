// How long a passcode may hold against somebody who has the link and good machines: an estimate, on the careful side.
// A word counts as one of 50,000 that a guesser tries, whatever its length; so do names. No list of words is needed.
(() => {
  const GUESSES_A_SECOND = 100_000; // some seven graphics cards of 2024 at 600,000 rounds of PBKDF2
  const WORD = 50_000;
  const LEAST_LETTERS = 8;
  // The head of every published list of stolen passwords.
  const COMMON = (
    "123456 password 12345678 qwerty abc123 111111 letmein welcome monkey dragon football baseball iloveyou trustno1 sunshine " +
    "master shadow superman michael princess azerty passw0rd admin login starwars whatever freedom hello charlie batman secret " +
    "jordan harley ranger hunter buster soccer hockey killer george andrew daniel thomas jessica pepper ashley summer winter " +
    "flower cheese computer internet samsung liverpool arsenal chelsea pokemon naruto mustang maggie cookie chocolate ginger " +
    "qwertz passwort hallo schatz motdepasse contrasena tequiero woaini lupus patient doctor health passcode"
  ).split(" ");
  const ROWS = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiopü", "azertyuiop"];
  const PLAIN = { 0: "o", 1: "l", 3: "e", 4: "a", 5: "s", 7: "t", "@": "a", $: "s", "!": "i" };

  const plain = (text) => text.toLowerCase().replace(/[013457@$!]/g, (one) => PLAIN[one]);
  // Words with a vowel now and then, as a guesser's lists have them; others are letters by chance.
  const isWord = (letters) => /[aeiouyáéíóúàèìòùäöüâêîôûåøæœ]/i.test(letters) && !/[bcdfghjklmnpqrstvwxz]{5}/i.test(letters);
  const alphabet = (one) => {
    if (/[a-z]/.test(one)) return 26;
    if (/[A-Z]/.test(one)) return 36; // most often at the beginning
    if (/\d/.test(one)) return 10;
    if (/[ -~]/.test(one)) return 20;
    return /\p{Script=Han}/u.test(one) ? 220 : 40;
  };

  // What begins at a place of the passcode: kind, length, guesses. The first that is found counts.
  const run = (text) => {
    const repeated = text.match(/^(.{1,4}?)\1{2,}/su);
    if (repeated) return { why: "repeat", long: repeated[0].length, guesses: alphabet(repeated[1][0]) ** repeated[1].length * repeated[0].length };
    const date = text.match(/^(?:\d{1,2}[-./ ]?\d{1,2}[-./ ]?(?:19|20)\d\d|(?:19|20)\d\d[-./ ]?\d{1,2}[-./ ]?\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d\d|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d(?!\d))/);
    if (date) return { why: "date", long: date[0].length, guesses: 80_000 };
    const year = text.match(/^(?:19|20)\d\d(?!\d)/);
    if (year) return { why: "date", long: 4, guesses: 150 };
    const low = text.toLowerCase();
    for (const row of ROWS) {
      for (const way of [row, [...row].reverse().join("")]) {
        const start = way.indexOf(low[0]);
        let long = 0;
        while (start >= 0 && long < low.length && start + long < way.length && low[long] === way[start + long]) long++;
        if (long >= 4) return { why: "sequence", long, guesses: 40 * long };
      }
    }
    const letters = text.match(/^(?:\p{Lu}?\p{Ll}+|\p{L}+)/u)?.[0] ?? "";
    const other = text.match(/^\P{L}/su)?.[0];
    if (other) return { why: "", long: other.length, guesses: other === " " ? 2 : alphabet(other) };
    const chance = [...letters].reduce((all, one) => all * alphabet(one), 1);
    const word = isWord(letters) ? WORD * (letters === letters.toLowerCase() ? 1 : 4) : Infinity;
    return { why: word < chance ? "word" : "", long: letters.length, guesses: Math.min(word, chance) };
  };

  const common = (text) => {
    const bare = plain(text).replace(/[^\p{L}\d]/gu, "");
    const place = COMMON.findIndex((one) => one === text.toLowerCase() || plain(one) === bare || plain(one) === plain(text.replace(/[\d\W]+$/u, "")));
    return place < 0 ? null : (place + 1) * 1000;
  };

  /** `{seconds, why}`: how long half of all guesses take, and what makes it short ("" if nothing does by itself). */
  window.finderGuesses = (passcode) => {
    let guesses = 1;
    const whys = [];
    for (let at = 0; at < passcode.length;) {
      const found = run(passcode.slice(at));
      guesses *= found.guesses;
      whys.push(found.why);
      at += found.long;
    }
    const known = common(passcode);
    if (known !== null && known < guesses) return { seconds: known / 2 / GUESSES_A_SECOND, why: "common" };
    const short = [...passcode].length < LEAST_LETTERS;
    return { seconds: guesses / 2 / GUESSES_A_SECOND, why: short ? "short" : whys.find((why) => why && why !== "word") ?? whys.find(Boolean) ?? "" };
  };

  // No 0 and o, no 1, i and l, which look alike: 31 letters, so that 20 of them are one of 2^99.
  const ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
  /** A passcode by chance: five groups of four. */
  window.finderPasscodeByChance = () => {
    const picked = [];
    while (picked.length < 20) {
      const [byte] = crypto.getRandomValues(new Uint8Array(1));
      if (byte < 248) picked.push(ALPHABET[byte % ALPHABET.length]); // 8 × 31: each letter as likely as the others
    }
    return picked.join("").match(/.{4}/g).join("-");
  };
})();
