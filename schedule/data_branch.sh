#!/usr/bin/env bash
# Stores the data fetched by GitHub's workflow on a separate branch; docs/schedule.md gives the reason.
#
#   schedule/data_branch.sh tip                  print the last commit of the branch
#   schedule/data_branch.sh restore TIP          merge the data of that commit into data/
#   schedule/data_branch.sh keep TIP DATA LINE   commit the refreshed folder DATA to the branch,
#                                                with the message LINE
#
# TIP is empty if there is no branch. Only Git runs here, and no fetched file is executed. The branch
# has the files that cannot be rebuilt.
set -euo pipefail

branch="fetched-data"
kept=(data/raw data/reference data/quarantine data/events.csv)
built=(data/processed data/feed.xml data/CHANGES.md)
git=(git -c user.name=adoption -c user.email=adoption@localhost -c commit.gpgsign=false)

# Merges a commit of the branch with later changes of the repository.
merge_branch() {
  "${git[@]}" merge --quiet --no-ff --no-commit "$1" || true
  git checkout --quiet HEAD -- "${built[@]}" # `adoption build` regenerates them
  if [ -n "$(git diff --name-only --diff-filter=U)" ]; then
    conflicts=$(git diff --name-only --diff-filter=U | tr '\n' ' ')
    echo "::error::main and $branch both changed ${conflicts}: merge $branch into main by hand" >&2
    return 1
  fi
  if [ -n "$(git diff --name-only HEAD -- . ':!data')" ]; then
    echo "::error::$branch changes more than data: $(git diff --name-only HEAD -- . ':!data')" >&2
    return 1
  fi
  "${git[@]}" commit --quiet --allow-empty --message "Bring $branch up to main"
}

tip() {
  git rev-parse --quiet --verify "refs/remotes/origin/$branch" || true
}

restore() {
  if [ -n "$1" ]; then
    since=$(git log -1 --format=%cs "$1")
    merge_branch "$1"
    echo "The data go on from those of $since, on the branch $branch."
  else
    echo "The data begin with those of the repository: there is no branch $branch."
  fi
}

keep() {
  fetched=$2 message=$3
  restore "$1"
  for name in "${kept[@]}"; do
    rm -rf "$name"
    if [ -e "$fetched/${name#data/}" ]; then
      cp -R "$fetched/${name#data/}" "$name"
    fi
  done
  git add --all data
  if git diff --quiet --cached; then
    echo "Nothing of the data is new."
  else
    "${git[@]}" commit --quiet --message "$message"
  fi
  # A person or another run may have pushed in the meantime.
  for _ in 1 2 3; do
    if git push --quiet origin "HEAD:refs/heads/$branch"; then
      return 0
    fi
    git fetch --quiet origin "+refs/heads/$branch:refs/remotes/origin/$branch"
    merge_branch "origin/$branch"
  done
  return 1
}

case "${1:-}" in
  tip) tip ;;
  restore) restore "$2" ;;
  keep) keep "$2" "$3" "$4" ;;
  *) sed -n '2,10s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
esac
