// Reads each file with @amida-tech/blue-button. Once warm it prints which it could read; then, for
// every line it is sent, the seconds of one pass over those: of work, and by the wall.

const fs = require("fs");
const path = require("path");
const readline = require("readline");

const [folder, listed] = process.argv.slice(2);
const blueButton = require(path.resolve(folder, "node_modules/@amida-tech/blue-button"));
const files = fs.readFileSync(listed, "utf8").split("\n");
const contents = files.map((file) => fs.readFileSync(file, "utf8"));
const say = (told) => process.stdout.write(JSON.stringify(told) + "\n");
console.log = console.info = console.warn = console.error = () => {};

const read = contents.map((_, number) => number).filter((number) => {
  try {
    blueButton.parseString(contents[number]);
    return true;
  } catch (refused) {
    return false; // what it cannot read is not compared
  }
});
const pass = () => read.forEach((number) => blueButton.parseString(contents[number]));

pass();
say(read);
readline.createInterface({ input: process.stdin }).on("line", () => {
  const work = process.cpuUsage();
  const wall = process.hrtime.bigint();
  pass();
  const { user, system } = process.cpuUsage(work);
  say([(user + system) / 1e6, Number(process.hrtime.bigint() - wall) / 1e9]);
});
